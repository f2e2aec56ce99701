from __future__ import annotations

import re
import unicodedata

from django import template
from django.utils.html import format_html

register = template.Library()

#: A number as people write it: an area code may stand in brackets before the rest.
WRITTEN = re.compile(r"\s*\(?\s*(\+?[0-9][0-9\s.)\-\u2010-\u2015]*)")
SHORTEST, LONGEST = 5, 15  # https://www.itu.int/rec/T-REC-E.164: at most 15 digits


@register.filter
def dialled(written: str) -> str:
    """What a telephone dials for a number as an officer has written it; empty if it is none.

    It ends where other text begins: 0431-88610000 转 8 and 0431-88610000（值班） give 043188610000.
    """
    found = WRITTEN.match(unicodedata.normalize("NFKC", written))
    number = re.sub(r"[^0-9+]", "", found[1]) if found else ""
    return number if SHORTEST <= len(number.lstrip("+")) <= LONGEST else ""


@register.filter
def as_telephone(written: str) -> str:
    """`written` as a link that dials it, or as it is where nothing can be dialled."""
    number = dialled(written)
    return format_html('<a href="tel:{}">{}</a>', number, written) if number else written
