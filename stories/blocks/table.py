from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock


class TableBlock(WagtailTableBlock):
    """A table that is found by its caption too."""

    def get_searchable_content(self, value: Any) -> list[str]:
        caption = (value or {}).get("table_caption")
        return [*([caption] if caption else []), *super().get_searchable_content(value)]

    class Meta:
        label = _("表格")
        icon = "table"
        template = "stories/blocks/table.html"
