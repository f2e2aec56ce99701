from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

#: What an officer needs in a text, and a reader can follow; titles have a block of their own.
TEXT_FEATURES = ["bold", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("小标题")
        template = "stories/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("文字")
        template = "stories/blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("引语"), rows=3)
    speaker = blocks.CharBlock(label=_("谁说的"), required=False, max_length=60)

    class Meta:
        icon = "openquote"
        label = _("引语")
        template = "stories/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("标题"), max_length=40)
    text = blocks.RichTextBlock(label=_("内容"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("提示框")
        template = "stories/blocks/callout.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("问"), max_length=120)
    answer = blocks.RichTextBlock(label=_("答"), features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("问与答")
        template = "stories/blocks/question.html"
