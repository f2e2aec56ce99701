"""The words that steer a search: what is not cut apart, what means the same, what says nothing.

A dictionary only changes how a query is read, never what an index holds, so that a change is in
force with the next query. Entries are kept as they are written; `search.analysis` folds them.

The suite ships one in text files: one entry a line, `#` starts a comment, the words of a set of
synonyms are separated by `=`. Whoever has another says so with :func:`set_provider`. This module
is free of Django, so that the analysis is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Dictionary:
    """Compared by identity: as long as it is the same object, nothing has changed.

    :param terms: words that are not cut apart.
    :param synonyms: for each word of a set, the other words of the set.
    :param stop_words: words that are dropped from queries.
    """

    terms: frozenset[str] = frozenset()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()


def in_force() -> Dictionary:
    """The dictionary for the query at hand: the same object until something changes."""
    return _providers[-1]()


def set_provider(provider: Callable[[], Dictionary]) -> None:
    """From now on `provider` answers for the dictionary in force. It is asked at each query."""
    _providers[:] = [shipped, provider]


@cache
def shipped() -> Dictionary:
    """The dictionary of the text files in this folder."""
    return Dictionary(frozenset(domain_terms()), others_of(shipped_sets()), stop_words())


def others_of(sets: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """For each word of `sets`, the other words of its sets, in their order."""
    found: dict[str, dict[str, None]] = {}
    for words in map(tuple, sets):
        for word in words:
            found.setdefault(word, {}).update(dict.fromkeys(words))
    return {word: tuple(w for w in words if w != word) for word, words in found.items()}


def read(name: str) -> Iterator[str]:
    """The entries of the list `name` in the order of the file, without comments and blanks."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def domain_terms() -> tuple[str, ...]:
    """Words that the general dictionary would cut apart, or does not know."""
    return tuple(read("domain_terms"))


def shipped_sets() -> tuple[tuple[str, ...], ...]:
    """Words that mean the same to somebody who searches, set by set."""
    return tuple(tuple(map(str.strip, line.split("="))) for line in read("synonyms"))


def stop_words() -> frozenset[str]:
    """Words that say nothing about what a text is about; dropped from queries only."""
    return frozenset(read("stop_words"))


_providers: list[Callable[[], Dictionary]] = [shipped]
