"""Articles of laws as people write them: 《红十字会法》第三条、第十四条至第十六条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.folding import fold

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"[零〇一二两三四五六七八九十百千\d]{1,9}"
_LAW = re.compile(r"《([^》]+)》")
_ARTICLES = re.compile(rf"第({_NUMBER})条(?:[^、，；]*?至第({_NUMBER})条)?")
_ASKED = re.compile(rf"(?P<law>[^第]{{2,40}}?)\s*第?\s*(?P<number>{_NUMBER})\s*条\D{{0,6}}")
#: What the names of laws begin with, and people leave out.
_FORMAL = re.compile("^(中华人民共和国|中国)|法律|[《》\\s]")
_SHORT = {"红会法": "红十字会法", "红十字法": "红十字会法"}
MOST = 2000


class Article(NamedTuple):
    law: str
    number: int


def asked_for(query: str) -> Article | None:
    """The article that `query` names: 红会法第3条 -> (红十字会法, 3). None if it names none."""
    found = _ASKED.fullmatch(fold(query).strip().replace("《", ""))
    if found is None:
        return None
    return Article(short_name(found["law"]), number_of(found["number"]))


def named_in(text: str, law: str) -> Iterator[Article]:
    """The articles that `text` names; those before any law are of `law`."""
    law = short_name(law)
    for number, part in enumerate(_LAW.split(text)):
        if number % 2:
            law = short_name(part)
            continue
        for first, last in _ARTICLES.findall(part):
            begin = number_of(first)
            end = number_of(last) if last else begin
            for each in range(begin, min(end, begin + MOST) + 1):
                yield Article(law, each)


def short_name(law: str) -> str:
    """What people call `law`: without 中华人民共和国 and the marks of a title."""
    name = _FORMAL.sub("", law.strip())
    return _SHORT.get(name, name)


def number_of(text: str) -> int:
    """The number that `text` writes in Chinese or in digits, up to thousands."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit
