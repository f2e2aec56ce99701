"""The parts of a query that may each be one word, rightly or wrongly spelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from search import pinyin, slips
from search.folding import is_chinese, runs
from search.lexicon import MAX_CHINESE, MAX_LATIN, known_parts

# Letters of pinyin among words of another language.
MIN_PINYIN = 9
MAX_PINYIN = 40
_LATIN = re.compile(r"[a-z]+(?:[ '’][a-z]+)*")


@dataclass(frozen=True)
class Stretch:
    """A part of a folded query.

    :param text: as it stands in the query.
    :param doubtful: the places in it that belong to no word that is known.
    :param letters: what it may be in pinyin; empty where it is none.
    """

    text: str
    start: int
    doubtful: frozenset[int] = frozenset()
    letters: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def keys(self) -> Iterator[str]:
        """The keys of the words that may be meant."""
        if self.letters:
            for start, end in self.syllables:
                yield slips.sound_key(self.letters[start:end])
        elif self.doubtful or not is_chinese(self.text):
            yield from slips.keys_of_typed(self.text)
        else:
            yield slips.WORD + self.text
            yield slips.sound_key(pinyin.sound_of(self.text))

    @cached_property
    def syllables(self) -> list[tuple[int, int]]:
        """Starts and ends of what may be a word in `letters`: whole syllables, two at least."""
        ends = sorted(pinyin.syllable_ends(self.letters))
        return [(start, end) for start in ends for end in ends if end - start >= slips.MIN_LENGTH]


def stretches_of(folded: str) -> Iterator[Stretch]:
    """Chinese: known words and lone characters that stand together; else whole words; and Latin
    words that may be pinyin, alone or together."""
    for run in runs(folded):
        if run.kind == "han":
            yield from _chinese(known_parts(run.text), run.start)
        elif slips.MIN_LENGTH - 1 <= len(run.text) <= MAX_LATIN and run.text.isalpha():
            yield Stretch(run.text, run.start)
    for match in _LATIN.finditer(folded):
        yield from _pinyin(match.group(), match.start())


def marked_right(
    stretches: Iterable[Stretch], right_words: Mapping[str, Mapping[str, int]]
) -> list[Stretch]:
    """`stretches` that are no right words themselves. What lies in one that is, is not doubtful,
    and no pinyin."""
    right: set[int] = set()
    wrong = []
    for stretch in stretches:
        if not stretch.letters and stretch.text in right_words.get(slips.WORD + stretch.text, {}):
            right.update(range(stretch.start, stretch.end))
        else:
            wrong.append(stretch)
    return [
        replace(each, doubtful=frozenset(n for n in each.doubtful if each.start + n not in right))
        for each in wrong
        if not each.letters or right.isdisjoint(range(each.start, each.end))
    ]


def _chinese(parts: list[str], start: int) -> Iterator[Stretch]:
    for first in range(len(parts)):
        text, doubtful = "", set()
        for part in parts[first:]:
            if len(part) == 1:
                doubtful.add(len(text))
            text += part
            if len(text) > MAX_CHINESE + 1:
                break
            if len(text) > 1:
                yield Stretch(text, start, frozenset(doubtful))
        start += len(parts[first])


def _pinyin(text: str, start: int) -> Iterator[Stretch]:
    """Latin words that stand together, and each of them that is too long to be anything else."""
    words = list(re.finditer("[a-z]+", text))
    alone = [(word.group(), start + word.start()) for word in words if len(words) > 1]
    for part, place in [(text, start), *alone]:
        letters = "".join(filter(str.isalpha, part))
        least = slips.MIN_LENGTH if part == text else MIN_PINYIN
        if least <= len(letters) <= MAX_PINYIN:
            yield Stretch(part, place, letters=letters)
