"""Spreadsheet exports of the CMS: cells that every program opens, and that do nothing there.

openpyxl refuses control characters, and one in a title took the whole export with it. A text in a
CSV that begins like a formula is one for the program that opens it; with an apostrophe before it,
it is a text again. (In XLSX Wagtail says so of each cell.)
https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from search.sanitizing import sanitize

FORMULA = tuple("=+-@＝＋－＠\t\n")


def connect() -> None:
    """Let every export of Wagtail, and of ours, write its cells so."""
    stock = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(view: Any, field: str, value: Any, export_format: str) -> Any:
        return cell(stock(view, field, value, export_format), export_format)

    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value


def cell(value: Any, export_format: str) -> Any:
    """`value` as a cell; numbers and dates stay what they are."""
    if not isinstance(value, str):
        return value
    text = sanitize(value)
    is_formula = export_format == SpreadsheetExportMixin.FORMAT_CSV and text.startswith(FORMULA)
    return f"'{text}" if is_formula else text
