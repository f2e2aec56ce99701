"""A page's address for those who hold it on paper."""

from __future__ import annotations

from functools import lru_cache

import segno
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe

PIXELS_PER_MODULE = 4


@lru_cache(maxsize=1000)
def qr_svg(address: str) -> SafeString:
    """The QR code of `address` as an ``svg`` element, in black: it is for paper.

    Nothing where the address is longer than a code can hold.
    """
    try:
        code = segno.make(iri_to_uri(address), error="m", micro=False)
    except segno.DataOverflowError:
        return SafeString()
    drawn = code.svg_inline(scale=PIXELS_PER_MODULE, border=2, svgclass="qr")
    return mark_safe(drawn)  # noqa: S308  # drawn by segno, nobody's words are in it
