"""How text becomes terms: the same for indexing, queries and highlights, for every engine.

A text is folded (NFKC, lower case, simplified characters) and cut. The index gets adjacent pairs
of Chinese characters and Korean syllables in the order of the text, and Latin words and numbers
whole. A query is cut into words, and a word of three and more characters is a run of adjacent
pairs: it matches wherever the characters stand together. So the index does not depend on how a
dictionary cuts, and a change to the dictionary is in force at once.

Measured on 20,000 articles of law with 300 questions (recall@10 / MRR@10 on FTS5, OR of words and
pairs): pairs alone in the index .532/.454, pairs and dictionary words .520/.458 at 1.6 times the
size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain
from operator import add
from typing import NamedTuple

import opencc
import rjieba

from search import dictionary
from search.dictionary import Dictionary
from search.pinyin import spoken

# Counts up when `terms` gives something else for the same text: the index is then to be rebuilt.
VERSION = 1

MAX_QUERY_CHARACTERS = 200
MAX_WORDS = 24
MAX_PAIRS = 48

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SYLLABLES = "\uac00-\ud7a3\u3041-\u30ff"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<syllables>[{_SYLLABLES}]+)|(?P<word>(?:[^\W_{_HAN}{_SYLLABLES}])+)"
)
_HAN_ONLY = re.compile(rf"[{_HAN}]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PLURAL = re.compile(r"(?:(?<=[a-z]{2})ies|(?<=ss|sh|ch)es|(?<=[xz])es|(?<=[a-z]{2}[^sui])s)$")


class Folded(NamedTuple):
    """Folded text, and for each of its characters the index of its origin in `source`."""

    text: str
    source: str
    offsets: list[int]


class Run(NamedTuple):
    """A stretch of folded text in one script: `kind` is "han", "syllables" or "word"."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Term:
    """What an engine looks up: `tokens` of the index that stand next to each other.

    `text` is the folded text that it stands for. With `prefix`, the last token may go on.
    """

    text: str
    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query. It is in a text that has any of its `readings`: itself or a synonym."""

    readings: tuple[Term, ...]

    @property
    def text(self) -> str:
        return self.readings[0].text


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query: `words` decide what matches; `words`, `pairs` and (where not every word is
    found, as it may be misspelt) `sounds` what ranks first."""

    words: tuple[Word, ...]
    pairs: tuple[Term, ...]
    sounds: tuple[Term, ...]


class _FoldTable(dict[int, str]):
    """Maps each code point to its folded form, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        if len(folded) > 1:
            folded = "".join(c for c in folded if not unicodedata.combining(c))
        self[code] = " " if _UNPRINTABLE.search(folded) else folded
        return self[code]


_FOLD_TABLE = _FoldTable()


def compose(text: str) -> str:
    """`text` in NFC, which reads the same, so that folding goes character by character."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` as it is compared: compatibility forms, case and traditional characters removed."""
    return _simplify(compose(text).translate(_FOLD_TABLE))


def fold_with_offsets(text: str) -> Folded:
    """`fold(text)` with the way back to the text as it is shown (`source`, composed)."""
    source = compose(text)
    folded = fold(source)
    if len(folded) == len(source) and all(len(_FOLD_TABLE[ord(c)]) == 1 for c in set(source)):
        return Folded(folded, source, list(range(len(source))))
    offsets = [index for index, c in enumerate(source) for _ in _FOLD_TABLE[ord(c)]]
    return Folded(folded, source, offsets)


def runs(folded: str) -> Iterator[Run]:
    """The stretches of folded text that are searched, in order; the rest separates them."""
    for match in _RUN.finditer(folded):
        yield Run(str(match.lastgroup), match.group(), match.start())


def terms(text: str, *, stem: bool = True) -> list[str]:
    """The tokens that the index holds for `text`.

    First in the order of the text, so that adjacent tokens answer for longer words. After them
    those without a place: the last character of each run (in no pair of its own), and numbers
    with their counter (8号). Without `stem` Latin words stay as typed, for prefix searches.
    """
    found: list[str] = []
    tail: list[str] = []
    before: Run | None = None
    for run in runs(fold(text)):
        found += _tokens(run, stem)
        if run.kind != "word" and len(run.text) > 1:
            tail.append(run.text[-1])
        if run.kind == "han" and before is not None and _follows_number(run, before):
            tail.append(before.text + run.text[0])
        before = run
    return found + tail


def sounds(text: str) -> list[str]:
    """How the adjacent Chinese characters of `text` are read, a token each pair, in order: what
    sounds alike is the same token. See `pinyin.spoken`; they are never mistaken for words."""
    return [pair for run in _HAN_ONLY.findall(fold(text)) for pair in _adjacent(spoken(run))]


def word_ends(folded: str) -> set[int]:
    """Where words begin or end in folded text; in Chinese as the dictionary cuts it."""
    ends: set[int] = set()
    for run in runs(folded):
        words = _cutter().cut(run.text) if run.kind == "han" else [run.text]
        ends.update(accumulate(map(len, words), initial=run.start))
    return ends


def query_terms(text: str) -> QueryTerms:
    """What a search for `text` looks up: words without stop words, and pairs between those."""
    cutter = _cutter()
    by_run = _words_by_run(text, cutter)
    words = list(chain.from_iterable(by_run))
    telling = [word for word in words if word not in cutter.stop_words]
    long = [word for word in telling if len(word) > 1]
    chosen = list(dict.fromkeys(long or telling or words))[:MAX_WORDS]
    stretches = chain.from_iterable(_stretches(run, cutter.stop_words) for run in by_run)
    pairs = list(dict.fromkeys(chain.from_iterable(map(_adjacent, stretches))))[:MAX_PAIRS]
    heard = dict.fromkeys(sounds(text[:MAX_QUERY_CHARACTERS]))
    return QueryTerms(
        tuple(Word((_term(word), *cutter.synonyms(word))) for word in chosen),
        tuple(map(_term, pairs)),
        tuple(Term(sound, (sound,)) for sound in list(heard)[:MAX_PAIRS]),
    )


def typed_terms(text: str) -> tuple[Word, ...]:
    """What a search while typing looks up: every word, the last of which may be unfinished."""
    words = list(chain.from_iterable(_words_by_run(text, _cutter())))
    if not words:
        return ()
    *before, last = words
    finished = [word for word in before if len(word) > 1] or before
    whole = [_term(word, stem=False) for word in list(dict.fromkeys(finished))[:MAX_WORDS]]
    return tuple(Word((term,)) for term in (*whole, _term(last, stem=False, prefix=True)))


def phrase_term(text: str, *, stem: bool = True) -> Term | None:
    """One term that matches where the words of `text` stand together; None if there are none."""
    folded = fold(text[:MAX_QUERY_CHARACTERS])
    found = list(runs(folded))
    if not found:
        return None
    tokens = [token for run in found for token in _tokens(run, stem)]
    unfinished = found[-1].kind != "word" and len(found[-1].text) == 1
    return Term(" ".join(run.text for run in found), tuple(tokens), prefix=unfinished)


def stem_word(word: str) -> str:
    """`word` without an English plural ending (Harman's S-stemmer, which merges little else).

    https://doi.org/10.1002/(SICI)1097-4571(199101)42:1<7::AID-ASI2>3.0.CO;2-P
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    return _PLURAL.sub(lambda match: "y" if match.group() == "ies" else "", word)


def _tokens(run: Run, stem: bool) -> list[str]:
    if run.kind == "word":
        return [stem_word(run.text) if stem else run.text]
    return _adjacent(run.text) or [run.text]


def _adjacent(characters: str) -> list[str]:
    return list(map(add, characters, characters[1:]))


def _term(word: str, *, stem: bool = True, prefix: bool = False) -> Term:
    """The term for one word of a query. A lone character is found as the start of its pairs."""
    found = list(runs(word))
    if len(found) > 1:
        return Term(word, (word,))
    (run,) = found
    alone = run.kind != "word" and len(word) == 1
    return Term(word, tuple(_tokens(run, stem)), prefix=alone or (prefix and run.kind == "word"))


def _words_by_run(text: str, cutter: _Cutter) -> list[list[str]]:
    """The words of a query, run by run: Chinese by dictionary, numbers with their counter,
    Korean by pairs of syllables (endings are written together with the word)."""
    found: list[list[str]] = []
    before: Run | None = None
    for run in runs(fold(text[:MAX_QUERY_CHARACTERS])):
        if run.kind == "han":
            if _follows_number(run, before):
                found[-1] = [found[-1][0] + run.text[0]]
            found.append(cutter.cut(run.text))
        else:
            found.append(_tokens(run, stem=False))
        before = run
    return found


def _follows_number(run: Run, before: Run | None) -> bool:
    """Whether `run` follows a number without a gap, as in 8号."""
    return (
        before is not None
        and before.text.isdecimal()
        and before.start + len(before.text) == run.start
    )


def _stretches(words: list[str], stop_words: frozenset[str]) -> Iterator[str]:
    """Chinese characters of one run that stand together, also across words, but not across stop
    words."""
    stretch = ""
    for word in [*words, ""]:
        if _HAN_ONLY.fullmatch(word) and word not in stop_words:
            stretch += word
            continue
        yield stretch
        stretch = ""


def _simplify(text: str) -> str:
    converter = _converter()
    simplified = converter.convert(text)
    if len(simplified) == len(text):
        return simplified
    return "".join((converter.convert(c) + c)[0] for c in text)


class _Cutter:
    """Cuts and widens queries as one dictionary says."""

    def __init__(self, words: Dictionary) -> None:
        self.stop_words = frozenset(map(fold, words.stop_words))
        self._synonyms = {fold(word): others for word, others in words.synonyms.items()}
        self._segmenter = rjieba.Jieba()
        for word in sorted(map(fold, words.terms | self._synonyms.keys())):
            self._segmenter.add_word(word, None, None)

    def cut(self, characters: str) -> list[str]:
        """The words of a run of Chinese."""
        return list(self._segmenter.cut(characters))

    def synonyms(self, word: str) -> Iterator[Term]:
        """The other words for `word`."""
        for other in self._synonyms.get(word, ()):
            if term := phrase_term(other):
                yield term


def _cutter() -> _Cutter:
    return _cutter_for(dictionary.in_force())


@lru_cache(maxsize=2)
def _cutter_for(words: Dictionary) -> _Cutter:
    return _Cutter(words)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
