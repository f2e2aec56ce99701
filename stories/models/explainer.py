from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.search import index

from stories.blocks import QuestionBlock, SoundStreamBlock
from stories.models.content import ContentPage


class ExplainerPage(ContentPage):
    """A law or a skill explained: a question, its answer, the article, examples."""

    class Law(models.TextChoices):
        RED_CROSS = "red-cross-law", _("红十字会法")
        FIRST_AID = "first-aid", _("应急救护")
        BLOOD = "blood", _("无偿献血")
        ORGAN = "organ", _("人体器官捐献")
        STEM_CELL = "stem-cell", _("造血干细胞捐献")
        EMBLEM = "emblem", _("红十字标志使用")
        CHARITY = "charity", _("慈善与捐赠")
        OTHER = "other", _("其他")

    class Depth(models.TextChoices):
        BEGINNER = "beginner", _("入门")
        IN_DEPTH = "in-depth", _("深入")

    answer = models.TextField(
        _("简短回答"), max_length=300, help_text=_("用两句话回答标题里的问题。")
    )
    law = models.CharField(_("讲的是"), max_length=20, choices=Law.choices, default=Law.RED_CROSS)
    articles = models.CharField(
        _("条文"), max_length=100, blank=True, help_text=_("例如 第三条、第二十七条。")
    )
    reading_level = models.CharField(
        _("程度"), max_length=10, choices=Depth.choices, default=Depth.BEGINNER
    )
    questions = StreamField(
        SoundStreamBlock([("question", QuestionBlock())]), verbose_name=_("问与答"), blank=True
    )
    sources = models.TextField(_("依据"), blank=True, help_text=_("法律、标准或书，一行一个。"))
    checked_on = models.DateField(_("核对日期"), null=True, blank=True)

    category_field = "law"
    list_filters: ClassVar[dict[str, str]] = {"law": "law", "level": "reading_level"}
    title_is_question = True

    template = "stories/explainer_page.html"
    parent_page_types: ClassVar[list[str]] = ["stories.ExplainerSection"]
    page_description = _("用大家听得懂的话讲一条法律、一项本领。")

    content_panels: ClassVar[list[Any]] = [
        *ContentPage.piece_panels(
            MultiFieldPanel(
                [
                    FieldPanel("answer"),
                    FieldRowPanel([FieldPanel("law"), FieldPanel("articles")]),
                    FieldPanel("reading_level"),
                ],
                heading=_("问题和回答"),
            )
        ),
        FieldPanel("questions"),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("checked_on")], heading=_("依据")),
    ]

    search_fields: ClassVar[list[Any]] = [
        *ContentPage.search_fields,
        index.SearchField("answer", boost=2),
        index.SearchField("articles"),
        index.SearchField("questions"),
    ]

    class Meta:
        verbose_name = _("普法科普")
        verbose_name_plural = _("普法科普")

    @property
    def texts(self) -> list[StreamValue]:
        return [*super().texts, self.questions]
