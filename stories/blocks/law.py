from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LawArticleBlock(blocks.StructBlock):
    law = blocks.CharBlock(label=_("法律"), max_length=60, default="红十字会法")
    article = blocks.CharBlock(label=_("条文"), max_length=30, help_text=_("例如 第十一条。"))
    text = blocks.TextBlock(label=_("内容"), rows=4)

    class Meta:
        icon = "doc-full"
        label = _("法律条文")
        template = "stories/blocks/law_article.html"
