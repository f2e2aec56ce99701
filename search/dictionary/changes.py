"""What a province changes in the dictionary that ships: words that it adds, and words that it
switches off. Free of Django, as the dictionary itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from search import dictionary
from search.dictionary import Dictionary, SynonymSet
from search.folding import fold, is_chinese, runs, visible

TERM, SYNONYMS, STOP_WORD = "term", "synonyms", "stop"
ADD, SWITCH_OFF = "add", "off"

_SEPARATORS = re.compile(r"[=＝、，,；;\n\r]+")
_PARENTHESES = str.maketrans("（）", "()")
# A word between quotes, full stops and the like.
_WORD = re.compile(r"([\W_]*)(.*[^\W_])?(.*)", re.DOTALL)


class Change(Protocol):
    """One change: `words` are added to the list of its kind, or switched off there."""

    @property
    def kind(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def words(self) -> SynonymSet: ...


def read_words(text: str) -> SynonymSet:
    """The words of a set as people write it, with any usual separator between them, and quotes or
    a full stop around some."""
    separated = _SEPARATORS.sub("=", visible(text).translate(_PARENTHESES))
    printable = "".join(c if c.isprintable() else " " for c in separated)
    words = map(_bare, " ".join(printable.split()).split("="))
    return dictionary.synonym_set("=".join(words))


def _bare(written: str) -> str:
    """A word as it is compared; in parentheses if the whole of it was."""
    before, word, after = _WORD.findall(written)[0]
    return f"({word})" if word and "(" in before and ")" in after else word


def compose(changes: Sequence[Change]) -> Dictionary:
    """The dictionary that ships, with `changes`."""
    added_stop_words = _words(changes, STOP_WORD, ADD)
    stop_words = _left(changes, STOP_WORD) | added_stop_words
    terms = _left(changes, TERM) | _words(changes, TERM, ADD)
    cut_apart = {word for word in added_stop_words if is_chinese(fold(word))}
    return Dictionary(
        terms=frozenset(terms | cut_apart),
        synonyms=dictionary.others_of(sets(changes)),
        stop_words=frozenset(stop_words),
    )


def concerns(change: Change, sentence: str) -> bool:
    """Whether `sentence` has any of the words of `change`, which else makes no difference to it."""
    said = _words_of(sentence)
    return any(_words_of(word) in said for word in change.words.words)


def sets(changes: Sequence[Change]) -> list[SynonymSet]:
    """The sets of synonyms in force. An added one takes the place of a shipped one within it."""
    added = [change.words for change in _of(changes, SYNONYMS, ADD)]
    return [each for each in shipped_sets(changes) if not _within_any(each, added)] + added


def shipped(kind: str) -> list[SynonymSet]:
    """What ships of `kind`, sorted but for the sets; a word alone is a set of one."""
    if kind == SYNONYMS:
        return list(dictionary.shipped_sets())
    words = dictionary.domain_terms() if kind == TERM else dictionary.stop_words()
    return [SynonymSet((word,), (word,)) for word in sorted(words)]


def switched_off(changes: Sequence[Change], kind: str) -> set[str]:
    """The words of `kind` that `changes` switch off, folded."""
    return {fold(word) for word in _words(changes, kind, SWITCH_OFF)}


def shipped_sets(changes: Sequence[Change]) -> list[SynonymSet]:
    """What `changes` leave of the sets that ship: a word that is switched off leaves its set."""
    off = switched_off(changes, SYNONYMS)
    left = [each.without(lambda word: fold(word) in off) for each in dictionary.shipped_sets()]
    return [each for each in left if len(each.words) > 1 and each.sought]


def stop_words(changes: Sequence[Change]) -> set[str]:
    """The stop words in force, folded."""
    return set(map(fold, compose(changes).stop_words))


def folded(each: SynonymSet) -> set[str]:
    return set(map(fold, each.words))


def _words_of(text: str) -> str:
    """`text` as words are looked for in it: folded, and whatever lies between them as a space."""
    return " ".join(run.text for run in runs(fold(text)))


def _within_any(each: SynonymSet, others: Iterable[SynonymSet]) -> bool:
    return any(folded(each) <= folded(other) for other in others)


def _left(changes: Sequence[Change], kind: str) -> set[str]:
    off = switched_off(changes, kind)
    return {word for each in shipped(kind) for word in each.words if fold(word) not in off}


def _words(changes: Sequence[Change], kind: str, action: str) -> set[str]:
    return {word for change in _of(changes, kind, action) for word in change.words.words}


def _of(changes: Sequence[Change], kind: str, action: str) -> list[Change]:
    return [change for change in changes if (change.kind, change.action) == (kind, action)]
