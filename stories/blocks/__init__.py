from stories.blocks.article import ArticleBlock
from stories.blocks.law import LawArticleBlock
from stories.blocks.media import DocumentBlock, GalleryBlock, PictureBlock, VideoBlock
from stories.blocks.stream import SoundStreamBlock
from stories.blocks.text import CalloutBlock, QuestionBlock, QuoteBlock

__all__ = [
    "ArticleBlock",
    "CalloutBlock",
    "DocumentBlock",
    "GalleryBlock",
    "LawArticleBlock",
    "PictureBlock",
    "QuestionBlock",
    "QuoteBlock",
    "SoundStreamBlock",
    "VideoBlock",
]
