"""Text sanitization: what nobody sees is taken out of a text, once, for every way in and out.

A control character breaks XML, spreadsheets and letters; what is invisible inside a word hides the
word from search, turns what follows it round, or makes a title that looks like none. What scripts
and emoji need stays: joiners between the letters of Persian, Hindi or Manchu and inside an emoji,
and selectors of the form of a sign.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u27ff\u2900-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001fbff"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MONGOLIAN = "\u1820-\u18aa"
#: Scripts whose letters join or stack, and need to be told where not to (or to do so anyway).
_JOINING = (
    "\u0620-\u06ff\u0710-\u077f\u07ca-\u07f7\u0840-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17b3"
    f"\u17b6-\u17d3{_MONGOLIAN}\u1b05-\u1bff\ua880-\uaaff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
_SELECTED = f"{_EMOJI}{_HAN}0-9#*\u1000-\u109f\ua840-\ua877"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

#: What has a place beside certain characters only.
_KEPT = re.compile(
    rf"""(?<=[{_SELECTED}])[{_SELECTORS}]
    |(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f))\u200d(?=[{_EMOJI}])
    |(?<=[{_JOINING}])[\u200c\u200d]
    |(?<=[{_MONGOLIAN}])[\u180b-\u180f]
    |(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f
    |(?<=[\u1100-\u115e])\u1160
    |\u115f(?=[\u1161-\u11a7])
    |(?<=[\u2801-\u28ff])\u2800""",
    re.VERBOSE,
)
#: Unicode's Default_Ignorable_Code_Point (joiners, zero-width spaces, soft hyphens, selectors of
#: variants, fillers, what turns the direction, tags), and marks of annotations.
#: https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
#: Everything that nobody sees: these, control characters, and what is no character at all. (Signs
#: that Unicode calls format characters but that are drawn are not here.)
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + IGNORABLE
    + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0x1FFFF, 0x110000, 0x10000))
)
_LINE_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_WITHIN_LINES = re.compile(r"[^\S\n]*[\t\n]\s*")
_BLANK = "\u2800"
_SUSPECT = re.compile(f"[{_INVISIBLE}{_BLANK}\r\v\f\x85\u2028\u2029]")
_EITHER = re.compile(f"(?P<kept>{_KEPT.pattern})|(?P<blank>{_BLANK})|[{_INVISIBLE}]", re.VERBOSE)
_REFERENCE = re.compile(r"&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;)")


def sanitize(text: str) -> str:
    """`text` without what nobody sees. Lines stay lines, and end as they do everywhere (\\n)."""
    if not _SUSPECT.search(text):
        return text
    return _EITHER.sub(_replacement, _LINE_BREAK.sub("\n", text))


def one_line(text: str) -> str:
    """The same in one line, as titles and names are: breaks and tabs become a space."""
    return unbroken(text).strip()


def unbroken(text: str) -> str:
    """`one_line`, with the spaces around it."""
    return _WITHIN_LINES.sub(" ", sanitize(text))


def is_blank(text: str) -> bool:
    """Whether nothing of `text` can be seen: white space, and marks on nothing."""
    return all(unicodedata.category(c)[0] in "ZM" or c in "\t\n" for c in sanitize(text))


def sanitize_html(html: str) -> str:
    """The same for markup, in which a character may also be written as a reference (&#8203;)."""
    return sanitize(_REFERENCE.sub(_visible_reference, html) if "&" in html else html)


def sanitize_all(value: Any) -> Any:
    """`value`, plain data as JSON holds it, with every text in it sanitized."""
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, dict):
        return {sanitize_all(key): sanitize_all(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [sanitize_all(each) for each in value]
    return value


def _replacement(match: re.Match[str]) -> str:
    return match["kept"] or (" " if match["blank"] else "")


def _visible_reference(match: re.Match[str]) -> str:
    """The reference as it is, unless it stands for something that may have to go."""
    meant = unescape(match.group())
    return meant if _SUSPECT.search(meant) or not meant else match.group()
