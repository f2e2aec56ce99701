"""Doors: what somebody can do at a branch, how to reach it, what it says of itself; and which of
them are meant by what somebody types: 在哪里学急救, 志愿者注册, 农安红会电话, 关于我们.

A door is meant only where every word of a query leads there, or says nothing (怎么, 我要), or is
left over as the name of a place. All else is a question for the search: 献血能不能拿补贴.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from branches.naming import LONGEST
from branches.sections import Section, all_sections
from search.folding import fold

WORDS = Path(__file__).parent / "data" / "doors.toml"
#: The door that is the branch itself.
CONTACT = "contact"

_LATIN = re.compile("[a-z' ]+")
_KOREAN = re.compile("[가-힣 ]+")
#: What may be written together with the end of a Korean word.
_ENDING = "(?:(?:에서|으로|[은는이가을를의도로])(?![가-힣]))?"
_SIGNS = re.compile(r"[?!,.;:。、]+")


@dataclass(frozen=True, slots=True)
class Door:
    """A place that every branch has, and what people call it.

    :param name: the kind of a service, the slug of a section, or `CONTACT`.
    :param names: each means the door by itself.
    :param things: what means it together with one of its `doings`.
    :param proposed: whole queries for it, by language.
    """

    name: str
    names: frozenset[str]
    things: frozenset[str] = frozenset()
    doings: frozenset[str] = frozenset()
    proposed: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def words(self) -> frozenset[str]:
        return self.names | self.things | self.doings

    def is_meant_by(self, words: frozenset[str]) -> bool:
        together = self.things & words and self.doings & words
        return bool(self.names & words or together)


class Asked(NamedTuple):
    """What a query wants: the doors that it means, and at what `place`, which may be empty."""

    doors: list[Door]
    place: str


@dataclass(frozen=True)
class Vocabulary:
    """All words that lead to doors, and `besides`, those that say nothing.

    :param pattern: finds any of them, the longest first; a group holds the word alone.
    """

    doors: tuple[Door, ...]
    besides: frozenset[str]
    pattern: re.Pattern[str]


def read(text: str) -> Asked:
    """What `text` wants; no door where it says more than that."""
    if len(text) > LONGEST:
        return Asked([], "")
    known = vocabulary()
    folded = _SIGNS.sub(" ", fold(text))
    found = (joined(match[match.lastindex or 0]) for match in known.pattern.finditer(folded))
    place = known.pattern.sub(" ", folded)
    return Asked(meant(frozenset(found) - known.besides, known.doors), place.strip())


def meant(words: frozenset[str], doors: Iterable[Door]) -> list[Door]:
    """Those of `doors` to which all of `words` lead. How to reach a branch is asked for its own
    sake only where nothing else is: 献血在哪里."""
    asked = [door for door in doors if door.is_meant_by(words)]
    if not words.issubset(chain.from_iterable(door.words for door in asked)):
        return []
    return [door for door in asked if door.name != CONTACT] or asked


@cache
def vocabulary() -> Vocabulary:
    """That of the shipped words and of the sections that apps have registered."""
    written = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    besides = written.pop("besides")
    written |= {section.slug: written_of(section) for section in all_sections()}
    words = {*besides, *chain.from_iterable(map(words_of, written.values()))}
    doors = tuple(make_door(name, values) for name, values in written.items())
    return Vocabulary(doors, frozenset(map(joined, besides)), pattern_of(map(fold, words)))


def written_of(section: Section) -> dict[str, Any]:
    return {
        "names": [*section.titles.values(), *section.called],
        "proposed": {language: [title] for language, title in section.titles.items()},
    }


def words_of(written: Mapping[str, Any]) -> Iterator[str]:
    """All words by which a door is named in some way."""
    return chain.from_iterable(written.get(kind, ()) for kind in ("names", "things", "doings"))


def make_door(name: str, written: Mapping[str, Any]) -> Door:
    names, things, doings = (
        frozenset(joined(fold(word)) for word in written.get(kind, ()))
        for kind in ("names", "things", "doings")
    )
    return Door(name, names, things, doings, written.get("proposed", {}))


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of `words`: Latin ones whole, Korean ones with their endings."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    latin, korean = (
        [word for word in longest_first if script.fullmatch(word)] for script in (_LATIN, _KOREAN)
    )
    chinese = [word for word in longest_first if word not in {*latin, *korean}]
    whole = rf"(?<![a-z'])({any_of(latin)})(?![a-z'])"
    return re.compile(rf"{whole}|({any_of(korean)}){_ENDING}|({any_of(chinese)})")


def any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in words)


def joined(word: str) -> str:
    """`word` however it is spaced: 장기 기증 is 장기기증."""
    return "".join(word.split())
