"""How a word comes to be mistyped, and by which keys the right one is found again.

Two sides meet at a key, so that one look-up of a few keys finds every word that may be meant:
a word is kept under its sound and without each of its characters (W. Garbe's symmetric delete,
https://github.com/wolfgarbe/SymSpell), and what was typed is looked up in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from search import pinyin
from search.folding import is_chinese

# Counts up when `keys` gives something else for the same word.
VERSION = 3

# In a shorter word, one other character makes another word.
MIN_LENGTH = 4

WORD, SOUND, WITHOUT = "=~-"

# What many people do not tell apart: https://zh.wikipedia.org/wiki/模糊音
_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("f", "h"))


def keys(word: str) -> set[str]:
    """The keys under which a right word is kept."""
    found = {WORD + word}
    if is_chinese(word):
        found |= {SOUND + blurred(sound) for sound in sounds(word)}
    if len(word) >= MIN_LENGTH or (len(word) > 2 and not is_chinese(word)):
        found |= {WITHOUT + shorter for shorter in without_one(word)}
    return found


def keys_of_typed(typed: str) -> Iterator[str]:
    """The keys under which the words are kept that somebody may have meant with `typed`."""
    yield WORD + typed
    longer = undoubled(typed) if is_chinese(typed) else without_one(typed)
    yield from (WORD + each for each in longer)
    if len(typed) > 2:
        yield from (WORD + each for each in swapped(typed))
        yield WITHOUT + typed
    if len(typed) >= MIN_LENGTH or not is_chinese(typed):
        yield from (WITHOUT + each for each in without_one(typed))
    if is_chinese(typed):
        yield sound_key(pinyin.sound_of(typed))


def sound_key(sound: str) -> str:
    """The key under which all words are kept that sound about so."""
    return SOUND + blurred(sound)


def sounds(word: str) -> set[str]:
    """The pinyin of a Chinese word, in every way in which it is spelt."""
    return {*map("".join, pinyin.spellings(word)), pinyin.sound_of(word)}


def sounds_alike(typed: str, word: str) -> bool:
    return pinyin.sound_of(typed) in sounds(word)


def sounds_about_alike(typed: str, word: str) -> bool:
    return blurred(pinyin.sound_of(typed)) in set(map(blurred, sounds(word)))


def blurred(sound: str) -> str:
    """`sound` without what many people do not tell apart: shu and su."""
    for distinct, alike in _BLURRED:
        sound = sound.replace(distinct, alike)
    return sound


def without_one(text: str) -> set[str]:
    """`text` without each of its characters."""
    return {text[:n] + text[n + 1 :] for n in range(len(text))}


def undoubled(text: str) -> set[str]:
    """`text` without one of each two equal neighbours."""
    return {text[:n] + text[n + 1 :] for n in range(len(text) - 1) if text[n] == text[n + 1]}


def swapped(text: str) -> set[str]:
    """`text` with each two different neighbours in the other order."""
    return {
        text[:n] + text[n + 1] + text[n] + text[n + 2 :]
        for n in range(len(text) - 1)
        if text[n] != text[n + 1]
    }


def differences(typed: str, word: str) -> frozenset[int]:
    """Where two texts of one length differ."""
    return frozenset(n for n, pair in enumerate(zip(typed, word, strict=True)) if len({*pair}) > 1)
