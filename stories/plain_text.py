"""The words of a text that is written in blocks, without reading what its blocks refer to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import Block, CharBlock, RichTextBlock, StreamValue, TextBlock
from wagtail.contrib.table_block.blocks import TableBlock

from stories.html_text import text_of_html
from stories.references import children


def plain_text(stream: StreamValue) -> str:
    """All words of `stream` that are shown, in order, without markup."""
    damaged = getattr(stream, "damaged", ())
    shown = [item for item in stream.raw_data if not (damaged and item.get("id") in damaged)]
    return " ".join(word for word in words_in(stream.stream_block, shown) if word)


def words_in(block: Block, raw: Any) -> Iterator[str]:
    for child, value in children(block, raw):
        yield from words_in(child, value)
    match block:
        case RichTextBlock():
            yield text_of_html(raw or "")
        case CharBlock() | TextBlock():
            yield raw or ""
        case TableBlock():
            yield from map(str, block.get_searchable_content(raw))
