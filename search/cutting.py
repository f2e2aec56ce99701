"""How a query is cut into words and widened, as a dictionary says. Texts are not cut this way:
see `search.analysis`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import rjieba

from search import dictionary
from search.dictionary import Dictionary
from search.folding import Run, fold, is_chinese, runs
from search.numbers import COUNTERS, YEAR

#: So many Latin words in a row may be one entry of the dictionary (organ donation card).
MOST_JOINED = 4


def cutter() -> Cutter:
    """That of the dictionary in force."""
    return _cutter_for(dictionary.in_force())


@lru_cache(maxsize=2)
def _cutter_for(words: Dictionary) -> Cutter:
    return Cutter(words)


class Cutter:
    """Cuts and widens queries as one dictionary says.

    :ivar kept: what `search.analysis` has made of queries. It goes with the cutter, so that a
        dictionary that was only tried out stays in nobody's memory.
    """

    def __init__(self, words: Dictionary) -> None:
        self.kept: dict[str, Any] = {}
        self.stop_words = frozenset(map(fold, words.stop_words))
        self._synonyms = {fold(word): others for word, others in words.synonyms.items()}
        self._segmenter = _segmenter_for(frozenset(map(fold, words.terms | self._synonyms.keys())))

    def cut(self, characters: str) -> list[str]:
        """The words of a run of Chinese."""
        found: list[str] = []
        for part in YEAR.split(characters):
            found += [part] if YEAR.fullmatch(part) else self._segmenter.cut(part)
        return found

    def synonyms(self, word: str) -> tuple[str, ...]:
        """What else is sought for `word`."""
        return self._synonyms.get(word, ())

    def parts(self, word: str) -> list[str]:
        """The telling words that a longer Chinese word is made of, for a text that has them but
        not the word: 狂犬疫苗 -> 狂犬, 疫苗. Nothing where it is not made of several."""
        if len(word) < 3 or not is_chinese(word):
            return []
        parts = [part for part in general_segmenter().cut(word) if part not in self.stop_words]
        return parts if len(parts) > 1 else []

    def words(self, folded: str) -> list[list[str]]:
        """The words of folded text, for each stretch of one script."""
        found: list[list[str]] = []
        before: Run | None = None
        rest = list(runs(folded))
        while rest:
            run, *rest = rest
            if run.kind == "han":
                if counts(before, run):
                    found[-1] = [found[-1][0] + run.text[0]]
                found.append(self.cut(run.text))
            elif run.kind == "syllables":
                found.append(self._syllables(run.text))
            else:
                name = self._joined([run, *rest])
                del rest[: len(name) - 1]
                found.append([" ".join(each.text for each in name)])
            before = run
        return found

    def _syllables(self, text: str) -> list[str]:
        """Korean is cut into pairs of syllables; what the dictionary knows is kept whole. Endings
        are written together with words, and left out: nearly every text has them."""
        for end in range(len(text), 2, -1):
            if text[:end] in self._synonyms:
                return [text[:end]]
        if text in self.stop_words:
            return [text]
        stem = self._without_ending(text)
        return list(map("".join, pairwise(stem))) or [stem]

    def _without_ending(self, text: str) -> str:
        """`text` without the longest stop word that it ends with: 헌혈하나요 -> 헌혈."""
        starts = (start for start in range(1, len(text)) if text[start:] in self.stop_words)
        return text[: next(starts, len(text))]

    def _joined(self, following: Sequence[Run]) -> list[Run]:
        """The first of some runs with those after it that the dictionary knows as one."""
        names = list(_apart_by_one(following))[:MOST_JOINED]
        for size in range(len(names), 1, -1):
            if " ".join(run.text for run in names[:size]) in self._synonyms:
                return names[:size]
        return names[:1]


def counts(number: Run | None, run: Run) -> bool:
    """Whether the Chinese of `run` begins with the counter of the number before it, as in 8号."""
    return follows_number(number, run) and run.text[0] in COUNTERS


def follows_number(number: Run | None, run: Run) -> bool:
    """Whether `run` follows a number without a gap."""
    return number is not None and number.text.isdecimal() and number.end == run.start


@lru_cache(maxsize=2)
def _segmenter_for(words: frozenset[str]) -> rjieba.Jieba:
    """One that keeps `words` whole. It takes 0.1 s and 25 MB, so that dictionaries with the same
    words share one."""
    segmenter = rjieba.Jieba()
    for word in sorted(words):
        segmenter.add_word(word, None, None)
    return segmenter


@cache
def general_segmenter() -> rjieba.Jieba:
    """One that knows general words only, and so cuts those of the field into their parts."""
    return rjieba.Jieba()


def _apart_by_one(following: Sequence[Run]) -> Iterator[Run]:
    """Latin words as long as there is one character between them."""
    end = following[0].start - 1
    for run in following:
        if run.kind != "word" or run.start != end + 1:
            return
        yield run
        end = run.end
