"""Graceful degradation of texts in blocks: one that cannot be shown is left out, not the page."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlock, StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError

from stories.blocks.schema import Reading
from stories.plain_text import plain_text

logger = logging.getLogger(__name__)


class SoundStreamBlock(StreamBlock):
    """A stream whose stored values are brought into shape whenever they are read.

    Everything that reads a text, its page, feeds, search, the editor, gets it through here. The
    value keeps as `damaged` the ids of the blocks of which something was lost.
    """

    def to_python(self, value: Any) -> StreamValue:
        if is_native(value):
            return super().to_python(value)
        stored = parsed(value)
        if isinstance(stored, str):
            return super().to_python(stored)
        return self.read(stored if isinstance(stored, list) else [])

    def read(self, items: list[Any]) -> StreamValue:
        """The value of `items` as they are stored."""
        read, damaged = [], set()
        for item in items:
            name = item.get("type") if isinstance(item, dict) else None
            if not isinstance(name, str) or name not in self.child_blocks:
                continue
            reading = Reading()
            value = reading.conform(self.child_blocks[name], item.get("value"))
            key = item["id"] if isinstance(item.get("id"), str) else None
            if reading.damaged:
                key = key or str(uuid.uuid4())
                damaged.add(key)
            read.append({"type": name, "value": value, "id": key})
        stream = StreamValue(self, read, is_lazy=True)
        stream.damaged = frozenset(damaged)
        return stream

    def render_basic(self, value: StreamValue, context: Any = None) -> SafeString:
        """As Wagtail's, with what can be shown."""
        shown = ((rendered(child, value, context), child.block_type) for child in value)
        template = '<div class="w-block-{1} block-{1}">{0}</div>'
        return format_html_join("\n", template, (pair for pair in shown if pair[0] is not None))

    def get_searchable_content(self, value: StreamValue) -> list[str]:
        return [plain_text(value)]

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        """What a form says; of one that is no form of ours, that it cannot be read."""
        try:
            return super().value_from_datadict(data, files, prefix)
        except (LookupError, TypeError, ValueError, AttributeError):
            logger.warning("The blocks %s of a form cannot be read.", prefix, exc_info=True)
            unreadable = StreamValue(self, [])
            unreadable.is_unreadable = True
            return unreadable

    def clean(self, value: StreamValue) -> StreamValue:
        if getattr(value, "is_unreadable", False):
            message = _("正文没有完整地送到，这次没有保存。请重新打开稿件再改。")
            raise StreamBlockValidationError(non_block_errors=[ValidationError(message)])
        return super().clean(value)


def is_native(value: Any) -> bool:
    """Whether `value` comes from code, and not from where it was stored."""
    pairs = isinstance(value, list | tuple) and any(isinstance(item, tuple) for item in value)
    return isinstance(value, StreamValue) or pairs


def parsed(value: Any) -> Any:
    """What the JSON in `value` says, if it is a text; the text where it is no JSON."""
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return [] if isinstance(found, str) else found


def sound(stream: StreamValue) -> list[StreamValue.StreamChild]:
    """The blocks of `stream` of which nothing was lost."""
    damaged = getattr(stream, "damaged", ())
    return [child for child in stream if child.id not in damaged]


def rendered(
    child: StreamValue.StreamChild, stream: StreamValue, context: Any
) -> SafeString | None:
    """The HTML of `child`; None, and an entry in the log, where it cannot be shown."""
    page = getattr((context or {}).get("page"), "pk", None)
    what = ("Block %s (%s) of page %s is left out.", child.id, child.block_type, page)
    if child.id in getattr(stream, "damaged", ()):
        logger.warning(*what)
        return None
    try:
        return format_html("{}", child.render(context=context))
    except Exception:
        logger.exception(*what)
        return None
