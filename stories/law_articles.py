"""Articles of laws as people write them: 《红十字会法》第三条、第十四条至第十六条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from search.folding import fold
from search.numbers import value_of

_NUMBER = r"[零〇一二两三四五六七八九十百千\d]{1,9}"
_LAW = re.compile(r"《([^》]+)》")
_ARTICLES = re.compile(rf"第({_NUMBER})条(?:[^、，；]*?至第({_NUMBER})条)?")
_ASKED = re.compile(rf"(?P<law>[^第]{{2,40}}?)\s*第?\s*(?P<number>{_NUMBER})\s*条\D{{0,6}}")
#: What the names of laws begin with, and people leave out.
_FORMAL = re.compile("^(中华人民共和国|中国)|法律|[《》\\s]")
_SHORT = {"红会法": "红十字会法", "红十字法": "红十字会法"}
MOST = 2000
#: The law that an explainer of a kind is about: what it says of articles alone is of that.
OF_KIND = {
    "red-cross-law": "红十字会法",
    "blood": "献血法",
    "organ": "人体器官捐献和移植条例",
    "emblem": "红十字标志使用办法",
    "charity": "慈善法",
}


class Article(NamedTuple):
    law: str
    number: int


def asked_for(query: str) -> Article | None:
    """The article that `query` names: 红会法第3条 -> (红十字会法, 3). None if it names none."""
    found = _ASKED.fullmatch(fold(query).strip().replace("《", ""))
    if found is None:
        return None
    return Article(short_name(found["law"]), value_of(found["number"]))


def named_in(text: str, law: str) -> Iterator[Article]:
    """The articles that `text` names; those before any law are of `law`."""
    law = short_name(law)
    for number, part in enumerate(_LAW.split(text)):
        if number % 2:
            law = short_name(part)
            continue
        for first, last in _ARTICLES.findall(part):
            begin = value_of(first)
            end = value_of(last) if last else begin
            for each in range(begin, min(end, begin + MOST) + 1):
                yield Article(law, each)


def short_name(law: str) -> str:
    """What people call `law`: without 中华人民共和国 and the marks of a title."""
    name = _FORMAL.sub("", law.strip())
    return _SHORT.get(name, name)
