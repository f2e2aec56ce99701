"""How Chinese sounds: toneless pinyin, for typing errors and for typing Latin.

For an index each character has one sound, that of its most common reading, wherever it stands:
index and query then agree, whatever stands around it. `readings` goes by the words instead, as
people do who type. Both are those of pypinyin (https://github.com/mozillazg/python-pypinyin),
which lists the most common reading first. `spellings` gives both, and what this field reads
otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from search import dictionary
from search.folding import fold

# So many pairs are kept; all of them together would take gigabytes.
MAX_KEPT = 300_000
# Letters of the longest syllable, zhuang.
LONGEST = 6
# Of the letters of `heard`.
FIRST_LETTER = 0xE000

_LETTERS = re.compile("[\ue000-\uf8ff]+")
_V = str.maketrans(dict.fromkeys("üǖǘǚǜÜǕǗǙǛ", "v"))


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


class _Alphabet(dict[int, str]):
    """Maps a code point to a letter that stands for its syllable, worked out when first met."""

    def __missing__(self, code: int) -> str:
        syllable = _SYLLABLES[chr(code)]
        self[code] = chr(FIRST_LETTER + _order()[syllable]) if syllable else chr(code)
        return self[code]


_SYLLABLES = _Syllables()
_SOUNDS = _Sounds()
_ALPHABET = _Alphabet()


def syllables(text: str) -> list[str]:
    """The pinyin of each character of `text`, without tones and with v for ü.

    Empty for what is not Chinese: 绿A -> ["lv", ""].
    """
    return list(map(_SYLLABLES.__getitem__, text))


def sound_of(pair: str) -> str:
    """The pinyin of a few characters, run together: 心肺 -> xinfei. Kept for the next time."""
    return _SOUNDS[pair]


def readings(text: str) -> list[str]:
    """The pinyin of each character of `text` in its word: 长春 -> ["chang", "chun"].

    Empty for what is not Chinese.
    """
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(text, v_to_u=False, errors=_nothing_for_each)  # type: ignore[arg-type]
    return [_as_typed(sound) for sound in found]


def spellings(folded: str) -> list[tuple[str, ...]]:
    """The ways in which `folded` is typed, each with the pinyin of every character: as this field
    reads it, as general words are read, and character by character, since nobody knows in which
    of them somebody thinks: 献血 -> xian xue, xian xie."""
    by_words = readings(folded)
    by_characters = map(_as_typed, syllables(folded))
    return list(
        dict.fromkeys((_of_the_field(folded, by_words), tuple(by_words), tuple(by_characters)))
    )


def _nothing_for_each(characters: str) -> list[str]:
    return [""] * len(characters)


def syllable_ends(letters: str) -> set[int]:
    """Where syllables may end in `letters`, which begin with one: hongshi -> {0, 4, 7, …}."""
    ends = {0}
    for start in range(len(letters)):
        if start in ends:
            ends |= {
                start + n for n in range(1, LONGEST + 1) if letters[start : start + n] in _typed()
            }
    return ends


def with_v(text: str) -> str:
    """`text` with v for ü, as it is typed; to be done before folding, which makes u of it."""
    return unicodedata.normalize("NFC", text).translate(_V)


def heard(text: str) -> list[str]:
    """The stretches of `text` whose sound is known, with a letter for the syllable of each
    character: the same for what sounds alike. The letters are of Unicode's private use area."""
    return _LETTERS.findall(text.translate(_ALPHABET))


def _of_the_field(folded: str, sounds: list[str]) -> tuple[str, ...]:
    """`sounds` of `folded`, with those of the words that this field reads otherwise."""
    found, known = list(sounds), _readings_of_the_field()
    for match in _words_of_the_field().finditer(folded):
        found[match.start() : match.end()] = known[match.group()]
    return tuple(found)


@cache
def _readings_of_the_field() -> dict[str, tuple[str, ...]]:
    return {fold(word): sounds for word, sounds in dictionary.readings().items()}


@cache
def _words_of_the_field() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_readings_of_the_field(), key=len, reverse=True)))


def _as_typed(sound: str) -> str:
    """lv for lü, but lue for lüe."""
    return sound.replace("ve", "ue")


@cache
def _typed() -> frozenset[str]:
    """Every syllable as it is typed."""
    return frozenset(map(_as_typed, _order())) - {""}


@cache
def _order() -> dict[str, int]:
    """Each syllable of Chinese and its place among all of them."""
    syllables = {_toneless(each.partition(",")[0]) for each in _readings().values()}
    return {syllable: place for place, syllable in enumerate(sorted(syllables))}


@cache
def _readings() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # takes 0.1 s, so only when needed

    return pinyin_dict


def _toneless(reading: str) -> str:
    """lǜ -> lv, ń -> n."""
    spread = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(filter(str.isascii, spread))
