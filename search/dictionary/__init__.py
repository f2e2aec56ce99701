"""The words that steer a search: what is not cut apart, what means the same, what says nothing.

A dictionary only changes how a query is read, never what an index holds, so that a change is in
force with the next query. Entries are kept as they are written; `search.cutting` folds them.

The suite ships one in text files: one entry a line, `#` starts a comment. Whoever has another
says so with :func:`set_provider`. This module is free of Django, so that the analysis is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent

Provider = Callable[[], "Dictionary"]


@dataclass(frozen=True, eq=False)
class Dictionary:
    """Compared by identity: as long as it is the same object, nothing has changed.

    :param terms: words that are not cut apart.
    :param synonyms: for each word of a set, what else is sought when somebody asks for it.
    :param stop_words: words that are dropped from queries.
    """

    terms: frozenset[str] = frozenset()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()


class SynonymSet(NamedTuple):
    """Words that mean the same to somebody who searches.

    :param words: a query for one of them ...
    :param sought: ... finds texts with any of these.
    """

    words: tuple[str, ...]
    sought: tuple[str, ...]

    def __str__(self) -> str:
        return " = ".join(word if word in self.sought else f"({word})" for word in self.words)

    def without(self, unwanted: Callable[[str], bool]) -> SynonymSet:
        """The set without the words of which `unwanted` is true."""
        words = tuple(word for word in self.words if not unwanted(word))
        return SynonymSet(words, tuple(word for word in self.sought if word in words))


def in_force() -> Dictionary:
    """The dictionary for the query at hand: the same object until something changes."""
    return _on_trial.get() or _provider()


@contextmanager
def using(words: Dictionary) -> Iterator[None]:
    """Within it `words` is in force, for whoever runs it only."""
    token = _on_trial.set(words)
    try:
        yield
    finally:
        _on_trial.reset(token)


def set_provider(provider: Provider) -> Provider:
    """From now on `provider` answers for the dictionary in force, asked at each query.

    Returns who answered before.
    """
    global _provider
    before, _provider = _provider, provider
    return before


@cache
def shipped() -> Dictionary:
    """The dictionary of the text files in this folder."""
    return Dictionary(frozenset(domain_terms()), others_of(shipped_sets()), stop_words())


def synonym_set(text: str) -> SynonymSet:
    """The set written as `A = B = (C)`: C is understood in a query, but not sought."""
    words: list[str] = []
    sought: list[str] = []
    for part in filter(None, map(str.strip, text.split("="))):
        in_parentheses = part.startswith("(") and part.endswith(")")
        words.append(part[1:-1].strip() if in_parentheses else part)
        if not in_parentheses:
            sought.append(part)
    return SynonymSet(tuple(words), tuple(sought))


def others_of(sets: Iterable[SynonymSet]) -> dict[str, tuple[str, ...]]:
    """For each word of `sets`, what else is sought for it, in the order of the sets."""
    found: dict[str, dict[str, None]] = {}
    for words, sought in sets:
        for word in words:
            found.setdefault(word, {}).update(dict.fromkeys(sought))
    return {word: tuple(s for s in sought if s != word) for word, sought in found.items()}


def read(name: str) -> Iterator[str]:
    """The entries of the list `name` in the order of the file, without comments and blanks."""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def domain_terms() -> tuple[str, ...]:
    """Words that the general dictionary would cut apart, or does not know."""
    return tuple(read("domain_terms"))


def shipped_sets() -> tuple[SynonymSet, ...]:
    return tuple(map(synonym_set, read("synonyms")))


def stop_words() -> frozenset[str]:
    """Words that say nothing about what a text is about; dropped from queries only."""
    return frozenset(read("stop_words"))


def readings() -> dict[str, tuple[str, ...]]:
    """The syllables by which words are typed that the general dictionary of pinyin reads
    otherwise: 朝阳 -> chao, yang."""
    entries = (entry.partition("=") for entry in read("readings"))
    return {word.strip(): tuple(sounds.split()) for word, _, sounds in entries}


_on_trial: ContextVar[Dictionary | None] = ContextVar("dictionary_on_trial", default=None)
_provider: Provider = shipped
