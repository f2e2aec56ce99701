from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from stories.dates import check_happened
from stories.models.content import ContentPage


class StoryPage(ContentPage):
    """A typical case (红会故事): somebody, or a team, or something that was done together."""

    class Kind(models.TextChoices):
        PERSON = "person", _("人物")
        TEAM = "team", _("队伍")
        ACTIVITY = "activity", _("活动")

    kind = models.CharField(_("写的是"), max_length=10, choices=Kind.choices, default=Kind.ACTIVITY)
    place = models.CharField(_("地点"), max_length=60, blank=True)
    happened = models.DateField(_("发生日期"), null=True, blank=True)

    category_field = "kind"
    list_filters: ClassVar[dict[str, str]] = {"kind": "kind"}

    search_fields: ClassVar[list[Any]] = [*ContentPage.search_fields, index.SearchField("place")]

    template = "stories/story_page.html"
    parent_page_types: ClassVar[list[str]] = ["stories.StorySection"]
    page_description = _("讲一个人、一支队伍或一件事。")

    content_panels: ClassVar[list[Any]] = ContentPage.piece_panels(
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("place"), FieldPanel("happened")]),
            ],
            heading=_("故事"),
        )
    )

    class Meta:
        verbose_name = _("红会故事")
        verbose_name_plural = _("红会故事")

    @property
    def days(self) -> list[datetime.date]:
        return [*super().days, *([self.happened] if self.happened else [])]

    def clean(self) -> None:
        super().clean()
        check_happened("happened", self.happened)
