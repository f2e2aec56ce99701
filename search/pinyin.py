"""How Chinese sounds: the toneless pinyin of characters, for typing errors and for typing Latin.

Each character has one sound here, that of its most common reading, wherever it stands: index and
query then agree, whatever stands around it. Readings are those of pypinyin
(https://github.com/mozillazg/python-pypinyin), which lists the most common one first.
"""

from __future__ import annotations

import unicodedata
from functools import cache

# So many pairs are kept; all of them together would take gigabytes.
MAX_KEPT = 300_000


class _Syllables(dict[str, str]):
    """Maps a character to its pinyin, worked out when first met."""

    def __missing__(self, character: str) -> str:
        readings = _readings().get(ord(character), "")
        self[character] = _toneless(readings.partition(",")[0])
        return self[character]


class _Sounds(dict[str, str]):
    """Maps a stretch of text to its pinyin, worked out when first met."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MAX_KEPT:
            self.clear()
        self[text] = "".join(map(_SYLLABLES.__getitem__, text))
        return self[text]


_SYLLABLES = _Syllables()
_SOUNDS = _Sounds()


def syllables(text: str) -> list[str]:
    """The pinyin of each character of `text`, without tones and with v for ü.

    Empty for what is not Chinese: 绿A -> ["lv", ""].
    """
    return list(map(_SYLLABLES.__getitem__, text))


def sound_of(pair: str) -> str:
    """The pinyin of a few characters, run together: 心肺 -> xinfei. Kept for the next time."""
    return _SOUNDS[pair]


@cache
def _readings() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # takes 0.1 s, so only when needed

    return pinyin_dict


def _toneless(reading: str) -> str:
    """lǜ -> lv, ń -> n."""
    spread = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(filter(str.isascii, spread))
