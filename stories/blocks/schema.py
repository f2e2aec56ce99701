"""Schema validation of what is stored in blocks: what a block reads has the shape that it expects.

A stream is JSON, and neither the database nor Wagtail looks at its shape: a forged request, a
program or an accident may leave anything in it. Blocks read on through what comes out of here.
"""

from __future__ import annotations

import re
from typing import Any

from wagtail.blocks import (
    Block,
    CharBlock,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
    URLBlock,
)
from wagtail.contrib.table_block.blocks import TableBlock

from search.sanitizing import one_line, sanitize, sanitize_html
from stories.references import key_of

#: No editor of ours writes it, and Wagtail fails where it does not say what is embedded.
EMBED = re.compile(r"</?embed\b[^>]*>", re.IGNORECASE)
HEADERS = ("row", "column", "both", "neither")


class Damaged(ValueError):
    """A stored value that cannot be read as what it should be."""


class Reading:
    """Reads stored values, and remembers whether anything in them was damaged.

    What is damaged becomes empty, so that an editor can open the text and mend it. None is
    nothing, and a number is text, as long as it stands where text belongs.
    """

    def __init__(self) -> None:
        self.damaged = False

    def conform(self, block: Block, raw: Any) -> Any:
        """`raw` in the shape that `block` reads."""
        try:
            return self._read(block, raw)
        except Damaged:
            self.damaged = True
            return self._read(block, empty(block))

    def _read(self, block: Block, raw: Any) -> Any:
        match block:
            case StructBlock():
                return self._struct(block, expect(raw, dict))
            case ListBlock():
                return [self._item(block.child_block, item) for item in expect(raw, list)]
            case ChooserBlock():
                return read_key(raw)
            case TableBlock():
                return read_table(raw)
            case RichTextBlock():
                return sanitize_html(EMBED.sub("", read_text(raw)))
            case TextBlock():
                return sanitize(read_text(raw))
            case CharBlock() | URLBlock():
                return one_line(read_text(raw))
        return raw

    def _struct(self, block: StructBlock, raw: dict[str, Any]) -> dict[str, Any]:
        return {
            name: self.conform(child, raw[name] if name in raw else default_of(child))
            for name, child in block.child_blocks.items()
        }

    def _item(self, block: Block, item: Any) -> Any:
        """An item of a list: with an id, or (as lists once were) its value alone."""
        if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
            known = {"id": item["id"]} if isinstance(item.get("id"), str) else {"id": None}
            return {"type": "item", "value": self.conform(block, item["value"]), **known}
        return self.conform(block, item)


def default_of(block: Block) -> Any:
    return block.get_prep_value(block.get_default())


def empty(block: Block) -> Any:
    """What stands for nothing in `block`."""
    return {} if isinstance(block, StructBlock) else [] if isinstance(block, ListBlock) else None


def expect(raw: Any, kind: type) -> Any:
    if not isinstance(raw, kind):
        raise Damaged(f"{raw!r} is no {kind.__name__}")
    return raw


def read_text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Damaged(f"{raw!r} is no text")
    return str(raw)


def read_key(raw: Any) -> int | None:
    if raw in (None, ""):
        return None
    key = key_of(raw)
    if key is None:
        raise Damaged(f"{raw!r} is no key")
    return key


def read_table(raw: Any) -> dict[str, Any] | None:
    """The table as its editor writes it; what it says of cells alone may be left out."""
    if raw in (None, "", {}):
        return None
    held = expect(raw, dict)
    rows = [expect(row, list) for row in expect(held.get("data") or [], list)]
    header = held.get("table_header_choice")
    return {
        "data": [[sanitize(read_text(cell)) for cell in row] for row in rows],
        "cell": notes(held.get("cell"), ("row", "col")),
        "mergeCells": notes(held.get("mergeCells"), ("row", "col", "rowspan", "colspan")),
        "first_row_is_table_header": held.get("first_row_is_table_header") in (True, "true"),
        "first_col_is_header": held.get("first_col_is_header") in (True, "true"),
        "table_header_choice": header if header in HEADERS else "",
        "table_caption": one_line(read_text(held.get("table_caption"))),
    }


def notes(raw: Any, numbers: tuple[str, ...]) -> list[dict[str, Any]]:
    """What is noted about cells of a table, as far as it says which ones."""
    found = raw if isinstance(raw, list) else []
    return [
        note
        for note in found
        if isinstance(note, dict) and all(type(note.get(name)) is int for name in numbers)
    ]
