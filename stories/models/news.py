from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from stories.models.content import ContentPage


class NewsPage(ContentPage):
    """News of a branch: headline, work report or notice."""

    class Category(models.TextChoices):
        HEADLINE = "headline", _("要闻")
        REPORT = "report", _("工作动态")
        NOTICE = "notice", _("通知公告")

    category = models.CharField(
        _("类别"), max_length=10, choices=Category.choices, default=Category.REPORT
    )

    category_field = "category"
    list_filters: ClassVar[dict[str, str]] = {"category": "category"}

    template = "stories/news_page.html"
    parent_page_types: ClassVar[list[str]] = ["stories.NewsSection"]
    page_description = _("要闻、工作动态或通知公告。")

    content_panels: ClassVar[list[Any]] = ContentPage.piece_panels(FieldPanel("category"))

    class Meta:
        verbose_name = _("新闻")
        verbose_name_plural = _("新闻")
