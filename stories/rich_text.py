"""The rich text editor, which opens whatever is stored: nobody can mend what does not open."""

from __future__ import annotations

import logging
import re
from html import escape
from typing import Any

from bs4 import BeautifulSoup, Tag
from wagtail.admin.rich_text import DraftailRichTextArea

from stories.html_text import lines_of_html

#: Where a list ends and one like it begins at once.
PARTED_LIST = re.compile(r"</(ul|ol)><\1(?:\s[^>]*)?>")
logger = logging.getLogger(__name__)

#: Between the cells of a row of a table that is written as text.
BETWEEN_CELLS = " ｜ "


class RichTextArea(DraftailRichTextArea):
    """Wagtail's editor; it has no tables, and refuses HTML that is not well-formed."""

    def format_value(self, value: Any) -> Any:
        if not value:
            return super().format_value(value)
        html = rows_as_lines(value)
        try:
            return super().format_value(html)
        except Exception:
            logger.warning("A rich text is opened without its formats: %.200r", value)
            return super().format_value(as_paragraphs(lines_of_html(html)))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The exporter of the editor ends a list after an inner one of another kind, and begins it
        anew, with its numbers; to whoever wrote it, it was one. Paragraphs of nothing are nothing:
        a text that is required has not been written yet."""
        html = super().value_from_datadict(data, files, name)
        if not html or not any(lines_of_html(html)):
            return ""
        return PARTED_LIST.sub("", html)


def rows_as_lines(html: str) -> str:
    """`html` with each row of a table as a paragraph, which else would be one run of characters."""
    if "<table" not in html.lower():
        return html
    soup = BeautifulSoup(html, "html.parser")
    for table in reversed(soup.find_all("table")):
        lines = [row_as_line(row) for row in table.find_all("tr")]
        caption = table.find("caption")
        lines = [*(lines_of_html(str(caption)) if caption else ()), *lines]
        table.replace_with(BeautifulSoup(as_paragraphs(filter(None, lines)), "html.parser"))
    return str(soup)


def row_as_line(row: Tag) -> str:
    cells = [" ".join(lines_of_html(str(cell))) for cell in row.find_all(["td", "th"])]
    return BETWEEN_CELLS.join(cells) if any(cells) else ""


def as_paragraphs(lines: Any) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
