from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock

from stories.blocks.schema import Damaged, read_table


class Unreadable(dict[str, Any]):
    """What a form sent for a table, and is none."""


class TableBlock(WagtailTableBlock):
    """A table that is found by its caption too, and that is one."""

    def normalize(self, value: Any) -> Any:
        try:
            return value if isinstance(value, Unreadable) else read_table(value)
        except Damaged:
            return None

    def value_from_form(self, value: Any) -> Any:
        try:
            return read_table(json.loads(value))
        except (TypeError, ValueError):
            return Unreadable()

    def clean(self, value: Any) -> Any:
        if isinstance(value, Unreadable):
            raise ValidationError(_("这张表格读不出来，请删掉它，再加一张。"))
        return super().clean(value)

    def get_form_state(self, value: Any) -> Any:
        return value or None

    def get_searchable_content(self, value: Any) -> list[str]:
        caption = (value or {}).get("table_caption")
        return [*([caption] if caption else []), *super().get_searchable_content(value)]

    class Meta:
        label = gettext_lazy("表格")
        icon = "table"
        template = "stories/blocks/table.html"
