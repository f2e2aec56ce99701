"""HTML to text: the words of a rich text, with a gap wherever a reader sees one."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags

from search.sanitizing import sanitize

#: Elements that begin a line, or a place of their own in one, as the cells of a table.
_BLOCKS = (
    "address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|footer"
    "|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_BOUNDARY = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>", re.IGNORECASE)


def text_of_html(html: str) -> str:
    """All words of `html` in one line, for searches, feeds and what machines read."""
    return " ".join(lines_of_html(html))


def lines_of_html(html: str) -> list[str]:
    """The words of `html`, a line for each paragraph, item of a list, or cell of a table."""
    broken = _BOUNDARY.sub("\n", " ".join(html.split()))
    text = sanitize(unescape(strip_tags(broken)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]
