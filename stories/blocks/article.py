from __future__ import annotations

from stories.blocks.law import LawArticleBlock
from stories.blocks.media import DocumentBlock, GalleryBlock, PictureBlock, VideoBlock
from stories.blocks.stream import SoundStreamBlock
from stories.blocks.table import TableBlock
from stories.blocks.text import (
    TEXT_FEATURES,
    CalloutBlock,
    HeadingBlock,
    QuestionBlock,
    QuoteBlock,
    TextBlock,
)


class ArticleBlock(SoundStreamBlock):
    """The body of every piece. The order is that of the editor's menu: most used first."""

    text = TextBlock(features=TEXT_FEATURES)
    picture = PictureBlock()
    heading = HeadingBlock(max_length=60)
    quote = QuoteBlock()
    callout = CalloutBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    document = DocumentBlock()
    table = TableBlock()
    question = QuestionBlock()
    law_article = LawArticleBlock()
