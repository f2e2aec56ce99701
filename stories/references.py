"""What the texts of a page refer to, read at once: three queries, however many blocks.

Wagtail asks for pictures and documents once per type of block, and for links once per block.
While `at_hand` is in force, blocks and links take from what was read instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StreamValue, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from branches.models import BranchDocument, BranchImage
from branches.routing import is_restricted

#: Instances by primary key, by model.
AtHand = dict[type[Model], dict[int, Any]]
#: A model and the primary key of one of its rows.
Reference = tuple[type[Model], int]

_at_hand: ContextVar[AtHand | None] = ContextVar("at_hand", default=None)


@contextmanager
def at_hand(*streams: StreamValue) -> Iterator[AtHand]:
    """Read what `streams` refer to, for all that happens inside."""
    token = _at_hand.set(read(references(streams)))
    try:
        yield _at_hand.get() or {}
    finally:
        _at_hand.reset(token)


def find(model: type[Model], keys: Iterable[Any]) -> dict[int, Any]:
    """The rows of `model` with `keys` by primary key: those at hand, else from the database."""
    read_already = _at_hand.get()
    if read_already is not None and model in read_already:
        return read_already[model]
    return linked_pages(set(keys)) if model is Page else model._default_manager.in_bulk(set(keys))


def read(found: Iterable[Reference]) -> AtHand:
    keys: dict[type[Model], set[int]] = {BranchImage: set(), BranchDocument: set(), Page: set()}
    for model, key in found:
        keys[model].add(key)
    return {
        BranchImage: BranchImage.objects.in_bulk(keys[BranchImage]),
        BranchDocument: BranchDocument.objects.in_bulk(keys[BranchDocument]),
        Page: linked_pages(keys[Page]),
    }


def linked_pages(keys: set[int]) -> dict[int, Page]:
    """The readable pages with `keys`, with no more of each than its address needs."""
    if not keys:
        return {}
    readable = Page.objects.live().exclude(is_restricted())
    pages = readable.filter(pk__in=keys).select_related("locale")
    return {page.pk: page for page in pages.only("url_path", "locale__language_code")}


def references(streams: Iterable[StreamValue]) -> Iterator[Reference]:
    for stream in streams:
        yield from references_in(stream.stream_block, list(stream.raw_data))


def references_in(block: Block, raw: Any) -> Iterator[Reference]:
    """What the stored value `raw` of `block` refers to, at any depth."""
    for child, value in children(block, raw):
        yield from references_in(child, value)
    match block:
        case RichTextBlock():
            yield from references_in_html(raw or "")
        case ImageChooserBlock() if key := key_of(raw):
            yield BranchImage, key
        case DocumentChooserBlock() if key := key_of(raw):
            yield BranchDocument, key


def children(block: Block, raw: Any) -> list[tuple[Block, Any]]:
    """The blocks directly inside `block`, with their stored values."""
    match block:
        case StreamBlock():
            known = block.child_blocks
            return [(known[i["type"]], i["value"]) for i in raw or ()]
        case StructBlock():
            return [(child, (raw or {}).get(name)) for name, child in block.child_blocks.items()]
        case ListBlock():
            return [(block.child_block, value_of(item)) for item in raw or ()]
    return []


def value_of(item: Any) -> Any:
    """What an item of a list holds; those of old have no id, and are their value."""
    in_block_format = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if in_block_format else item


def key_of(raw: Any) -> int | None:
    """The primary key that `raw` writes; None where it writes none."""
    if isinstance(raw, bool) or not isinstance(raw, int | str) or not str(raw).isdecimal():
        return None
    key = int(str(raw)[:20])
    return key if 0 < key < 2**63 else None


def references_in_html(html: str) -> Iterator[Reference]:
    for model, raw, _model_path, _content_path in extract_references_from_rich_text(html):
        if model in (Page, BranchDocument) and (key := key_of(raw)):
            yield model, key


def images_at_hand() -> list[BranchImage]:
    """The pictures of the text that is being shown."""
    return list((_at_hand.get() or {}).get(BranchImage, {}).values())


def images_used_by(page: Page) -> set[int]:
    """Primary keys of the pictures that `page` shows."""
    lead = getattr(page, "lead_image_id", None)
    in_texts = {
        key for model, key in references(getattr(page, "texts", [])) if model is BranchImage
    }
    return in_texts | ({lead} if lead else set())
