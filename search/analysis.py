"""How text becomes terms: the same for indexing, queries and highlights, for every engine.

A text is folded (NFKC, lower case, no accents, simplified characters) and cut. The index gets
adjacent pairs of Chinese characters and Korean syllables in the order of the text, and Latin words
and numbers whole. A query is cut into words, and a word of three and more characters is a run of
adjacent pairs: it matches wherever the characters stand together. So the index does not depend on
how a dictionary cuts, and a change to the dictionary is in force at once.

Measured on 20,000 articles of law with 300 questions (recall@10 / MRR@10 on FTS5, OR of words and
pairs): pairs alone in the index .532/.454, pairs and dictionary words .520/.458 at 1.6 times the
size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from operator import add

from search import dates
from search.cutting import Cutter, cutter, follows_number
from search.folding import HAN, Run, fold, runs
from search.numbers import other_writings
from search.pinyin import heard

# Counts up when `terms` gives something else for the same text: the index is then to be rebuilt.
VERSION = 4

MAX_QUERY_CHARACTERS = 200
MAX_WORDS = 24
MAX_PAIRS = 48
MIN_BEGINNING = 4
#: A search reads its query many times.
MOST_KEPT = 64

_PLURAL = re.compile(r"(?:(?<=[a-z]{2})ies|(?<=ss|sh|ch)es|(?<=[xz])es|(?<=[a-z]{2}[^sui])s)$")


@dataclass(frozen=True, slots=True)
class Term:
    """What an engine looks up: `tokens` of the index that stand next to each other.

    `text` is the folded text that it stands for. With `prefix`, the last token may go on.
    """

    text: str
    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Beginning(Term):
    """A word in letters that may not be finished: trai. What has it whole comes first."""


@dataclass(frozen=True, slots=True)
class Day(Term):
    """A date, by its name: one token, however it is written (see `search.dates`)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query. It is in a text that has any of its `readings`: itself, a synonym, or what
    it is the beginning of.

    A word that is in no text at all gives way to its `parts`.
    """

    readings: tuple[Term, ...]
    parts: tuple[Term, ...] = ()

    @property
    def text(self) -> str:
        return self.readings[0].text


@dataclass(frozen=True, slots=True)
class Heard:
    """Two adjacent characters of a query, and how they sound: if `pair` is in no text, it may be
    misspelt."""

    pair: Term
    sound: Term


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """A query: `words` decide what matches; `words`, `pairs` (of characters, and parts of dates),
    `characters` and (of pairs that are in no text) `sounds` what ranks first."""

    words: tuple[Word, ...]
    pairs: tuple[Term, ...]
    characters: tuple[Term, ...]
    sounds: tuple[Heard, ...]


def terms(text: str, *, stem: bool = True) -> list[str]:
    """The tokens that the index holds for `text`.

    First in the order of the text, so that adjacent tokens answer for longer words. After them
    those without a place: the last character of each run (in no pair of its own), numbers with
    their counter (8号), and the names of dates (2026年11月3日 for 2026-11-3). Without `stem` Latin
    words stay as typed, for prefix searches.
    """
    placed, unplaced = placed_terms(text, stem=stem)
    return placed + unplaced


def placed_terms(text: str, *, stem: bool = True) -> tuple[list[str], list[str]]:
    """`terms` with and without a place. Those of several texts, first all that have a place, are
    the terms of these texts with a space between them."""
    placed: list[str] = []
    unplaced: list[str] = []
    before: Run | None = None
    folded = fold(text)
    for run in runs(folded):
        placed += _tokens(run, stem)
        if run.kind != "word" and len(run.text) > 1:
            unplaced.append(run.text[-1])
        if run.kind == "han" and before is not None and follows_number(before, run):
            unplaced.append(before.text + run.text[0])
        before = run
    named = chain.from_iterable(mention.names for mention in dates.mentions(folded))
    there = set(unplaced)
    return placed, unplaced + [name for name in dict.fromkeys(named) if name not in there]


def sounds(text: str) -> list[str]:
    """How the adjacent Chinese characters of `text` are read, a token each pair, in order: what
    sounds alike is the same token. See `pinyin.heard`; they are never mistaken for words."""
    return [pair for run in HAN.findall(fold(text)) for pair in _sounds(run)]


def _sounds(characters: str) -> list[str]:
    return [pair for stretch in heard(characters) for pair in _adjacent(stretch)]


def word_ends(folded: str) -> set[int]:
    """Where words begin or end in folded text; in Chinese as the dictionary cuts it."""
    words = cutter()
    ends: set[int] = set()
    for run in runs(folded):
        cut = words.cut(run.text) if run.kind == "han" else [run.text]
        ends.update(accumulate(map(len, cut), initial=run.start))
    return ends


def query_terms(text: str) -> QueryTerms:
    """What a search for `text` looks up: words without stop words, and pairs between those."""
    cut, text = cutter(), text[:MAX_QUERY_CHARACTERS]
    found: QueryTerms | None = cut.kept.get(text)
    if found is None:
        if len(cut.kept) >= MOST_KEPT:
            cut.kept.clear()
        found = cut.kept[text] = _query_terms(text, cut)
    return found


def _query_terms(text: str, cut: Cutter) -> QueryTerms:
    folded = fold(text)
    found = dates.mentions(folded)
    days, rest = list(dict.fromkeys(map(_day, found))), _without(folded, found)
    stretches = cut.words(rest)
    words = list(chain.from_iterable(stretches))
    telling = [word for word in words if word not in cut.stop_words]
    long = [word for word in telling if len(word) > 1]
    chosen = dict.fromkeys(long or telling or ([] if days else words))
    asked = [*days, *(_word(word, cut) for word in chosen)]
    together = list(chain.from_iterable(_together(each, cut.stop_words) for each in stretches))
    pairs = list(dict.fromkeys(chain.from_iterable(map(_adjacent, together))))[:MAX_PAIRS]
    characters = list(dict.fromkeys(chain.from_iterable(together)))[:MAX_PAIRS]
    written = dict.fromkeys(chain.from_iterable(map(_adjacent, HAN.findall(rest))))
    return QueryTerms(
        tuple(asked[:MAX_WORDS]),
        (*map(_term, pairs), *(part for day in days for part in day.parts)),
        tuple(map(_term, characters)),
        tuple(islice(_heard(written), MAX_PAIRS)),
    )


def _without(folded: str, days: Iterable[dates.Mention]) -> str:
    """`folded` with a space for each of `days`."""
    for day in days:
        folded = f"{folded[: day.start]}{' ' * (day.end - day.start)}{folded[day.end :]}"
    return folded


def _day(mention: dates.Mention) -> Word:
    """A date of a query. One that no text has gives way to its month, and the day of any year."""
    name, *_smaller = mention.names
    return Word((Day(name, (name,)),), tuple(Day(part, (part,)) for part in mention.parts))


def _heard(pairs: Iterable[str]) -> Iterator[Heard]:
    for pair in pairs:
        for sound in _sounds(pair):
            yield Heard(Term(pair, (pair,)), Term(sound, (sound,)))


def _word(word: str, cut: Cutter) -> Word:
    """A word of a query with all that it may be found by."""
    numbers = map(_term, other_writings(word))
    synonyms = filter(None, map(phrase_term, cut.synonyms(word)))
    readings = (_term(word), *numbers, *synonyms, *_beginnings(word))
    return Word(readings, tuple(map(_term, cut.parts(word))))


def _beginnings(word: str) -> Iterator[Beginning]:
    """`word` as the beginning of others, if it is in letters. A short one begins too many. (As it
    was typed: the texts have no plural endings, but what ends so may be half of a word.)"""
    in_letters = word.isalpha() and [run.kind for run in runs(word)] == ["word"]
    if in_letters and len(word) >= MIN_BEGINNING:
        yield Beginning(word, (word,), prefix=True)


def typed_terms(text: str) -> tuple[Word, ...]:
    """What a search while typing looks up: every word, the last of which may be unfinished."""
    words = list(chain.from_iterable(cutter().words(fold(text[:MAX_QUERY_CHARACTERS]))))
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
    run, *others = runs(word)
    if others and others[0].kind == "han":  # a number and its counter are one token
        return Term(word, (word,))
    tokens = tuple(token for each in (run, *others) for token in _tokens(each, stem))
    alone = run.kind != "word" and len(word) == 1
    return Term(word, tokens, prefix=alone or (prefix and run.kind == "word"))


def _together(words: list[str], stop_words: frozenset[str]) -> Iterator[str]:
    """Chinese characters of one run that stand together, also across words, but not across stop
    words."""
    stretch = ""
    for word in [*words, ""]:
        if HAN.fullmatch(word) and word not in stop_words:
            stretch += word
            continue
        yield stretch
        stretch = ""
