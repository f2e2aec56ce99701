"""The words of a text that is written in blocks, without reading what its blocks refer to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import Block, CharBlock, RichTextBlock, StreamValue, TextBlock
from wagtail.rich_text import get_text_for_indexing

from stories.blocks.table import TableBlock
from stories.references import children


def plain_text(stream: StreamValue) -> str:
    """All words of `stream`, in order, without markup."""
    return " ".join(word for word in words_in(stream.stream_block, list(stream.raw_data)) if word)


def words_in(block: Block, raw: Any) -> Iterator[str]:
    for child, value in children(block, raw):
        yield from words_in(child, value)
    match block:
        case RichTextBlock():
            yield get_text_for_indexing(raw or "")
        case CharBlock() | TextBlock():
            yield raw or ""
        case TableBlock():
            yield from map(str, block.get_searchable_content(raw))
