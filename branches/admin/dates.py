"""Date fields take dates as they are printed: 2026年11月3日, 2026/11/3, 2026년 11월 3일."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from search import dates


def take_printed_dates() -> None:
    """Let all date fields of the CMS, also those of Wagtail's own reports and filters, which name
    its widgets and have no setting for others. Called once, when the app is ready.

    (In the browser, `dates.js` lets what was typed stand.)
    """
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.value_from_datadict = _value_in_iso


def _value_in_iso(widget: Any, data: Mapping[str, Any], files: Any, name: str) -> Any:
    value = data.get(name)
    return dates.in_iso(value) if isinstance(value, str) else value
