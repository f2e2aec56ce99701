"""What somebody types on the way to a text: its beginning, in whatever script they type.

应急救护 is reached by its characters, simplified or traditional, by its pinyin (yingjijiuhu) and
its initials (yjjh); from its beginning, and from inside: 救护, jiuhu, jh.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from search import pinyin
from search.cutting import general_segmenter
from search.folding import Run, fold, runs

# Counts up when `keys` gives something else for the same text.
VERSION = 3

# So many characters tell texts apart; who types more is shown what begins so.
LENGTH = 16
MAX_BEGINNINGS = 40
# A word of more characters has a word in it.
LONG_WORD = 4

BEGINNING, WORD, INSIDE = range(3)


class Character(NamedTuple):
    """A character of a folded text, as it is typed in Latin, and where it stands.

    `sounds` has one for each way to spell the text; `typed_apart` says whether somebody may begin
    to type here.
    """

    text: str
    sounds: tuple[str, ...]
    place: int
    typed_apart: bool


def beginning(query: str) -> bytes:
    """The beginning of the keys of all texts that somebody who typed `query` may mean.

    Empty where nothing can be looked up.
    """
    folded = fold(pinyin.with_v(query[: 4 * LENGTH]))
    return _key("".join(run.text for run in runs(folded)))


def keys(text: str) -> dict[bytes, int]:
    """Every key of `text`, with the best place at which it begins: at the `BEGINNING` of the
    text, at that of a `WORD`, or `INSIDE` a word."""
    characters = list(_characters(fold(text)))
    found: dict[bytes, int] = {}
    begins = [n for n, character in enumerate(characters) if character.typed_apart]
    for start in begins[:MAX_BEGINNINGS]:
        rest, place = characters[start : start + LENGTH], characters[start].place
        for key in _ways_to_type(rest, place):
            if key and place <= found.get(key, place):
                found[key] = place
    return found


def _ways_to_type(rest: list[Character], place: int) -> Iterator[bytes]:
    """By character; from the beginning of a word also in Latin: in full, and by initials."""
    yield _key("".join(character.text for character in rest))
    if place != INSIDE:
        for spelling in zip(*(character.sounds for character in rest), strict=True):
            yield _key("".join(spelling))
            if len(rest) > 1:
                yield _key("".join(map(_initial, rest, spelling)))


def _initial(character: Character, sound: str) -> str:
    return sound[:1] if sound != character.text else character.text


def _characters(folded: str) -> Iterator[Character]:
    stretches = list(runs(folded))
    spellings = pinyin.spellings("".join(run.text for run in stretches))
    sounds = list(zip(*spellings, strict=True))
    begins = accumulate((len(run.text) for run in stretches), initial=0)
    for run, begin in zip(stretches, begins, strict=False):
        starts = _word_starts(run) if run.kind == "han" else {0}
        for at, text in enumerate(run.text):
            is_word = at in starts
            place = BEGINNING if begin + at == 0 else WORD if is_word else INSIDE
            typed = tuple(sound or text for sound in sounds[begin + at])
            yield Character(text, typed, place, is_word or run.kind != "word")


def _word_starts(run: Run) -> set[int]:
    """Where words begin in a stretch of Chinese, as general words go: no key depends on the
    dictionary. Those too with which a long word ends: 吉林省红十字会."""
    words = general_segmenter().cut(run.text)
    starts = list(accumulate(map(len, words), initial=0))
    within = [
        start + n for start, word in zip(starts, words, strict=False) for n in _words_at_end(word)
    ]
    return {*starts, *within}


def _words_at_end(word: str) -> list[int]:
    if len(word) <= LONG_WORD:
        return []
    cut = general_segmenter().cut
    return [n for n in range(1, len(word) - 1) if len(cut(word[n:])) == 1]


def _key(text: str) -> bytes:
    """Korean is typed letter by letter, so syllables are taken apart."""
    return unicodedata.normalize("NFD", text)[:LENGTH].encode(errors="ignore")
