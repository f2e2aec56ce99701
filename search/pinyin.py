"""How Chinese sounds: toneless pinyin, for typing errors and for typing Latin.

For an index each character has one sound, that of its most common reading, wherever it stands:
index and query then agree, whatever stands around it. `readings` goes by the words instead, as
people do who type. Both are those of pypinyin (https://github.com/mozillazg/python-pypinyin),
which lists the most common reading first. `spellings` gives both, and what this field reads
otherwise.

Each word is read by itself: pypinyin looks for phrases across the border of words, and finds 省长
in 吉林省长春市. Names that an upper app registers are words before all others, the longest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from search import dictionary
from search.cutting import general_segmenter
from search.folding import fold

# So many pairs are kept; all of them together would take gigabytes.
MAX_KEPT = 300_000
# Letters of the longest syllable, zhuang.
LONGEST = 6
# Of the letters of `heard`.
FIRST_LETTER = 0xE000

# In so few characters, a name may also be the end of one word and the beginning of another.
SHORTEST_ANYWHERE = 3

#: Gives names that are read by themselves. Keys that are stored depend on them, so they are those
#: of a table, not of the moment.
Names = Callable[[], Iterable[str]]

_registered: list[Names] = []

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


def register(names: Names) -> None:
    """Let what `names` gives be read by itself, wherever it stands: 长春市 after 吉林省."""
    _registered.append(names)
    _names.cache_clear()
    _long_names.cache_clear()


def readings(text: str) -> list[str]:
    """The pinyin of each character of `text` in its word: 长春 -> ["chang", "chun"].

    Empty for what is not Chinese.
    """
    return [sound for word in _words(text) for sound in _reading(word, is_name=word in _names())]


def _words(text: str) -> Iterator[str]:
    """`text` as names and, between them, general words. A short name is one where it is a word:
    长春 in 会长春节前走访 is none."""
    at, cut = 0, general_segmenter().cut
    for name in _long_names().finditer(text):
        yield from cut(text[at : name.start()])
        yield name.group()
        at = name.end()
    yield from cut(text[at:])


@lru_cache(maxsize=50_000)
def _reading(word: str, *, is_name: bool) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(word, v_to_u=False, errors=_nothing_for_each)  # type: ignore[arg-type]
    sounds = list(map(_as_typed, found))
    return _of_the_field(word, sounds) if is_name else tuple(sounds)


@cache
def _names() -> frozenset[str]:
    return frozenset(name for names in _registered for name in names())


@cache
def _long_names() -> re.Pattern[str]:
    """What finds names, the longest first; short ones behind what they lie in: 我省长白. (Nothing,
    where there are none.)"""
    names = sorted(map(re.escape, _names()), key=len, reverse=True)
    short = [rf"(?<=[我全本][省市州]){name}" for name in names if len(name) < SHORTEST_ANYWHERE]
    return re.compile("|".join([*names[: len(names) - len(short)], *short]) or "(?!)")


def spellings(folded: str) -> list[tuple[str, ...]]:
    """The ways in which `folded` is typed, each with the pinyin of every character: as this field
    reads it, as general words are read, and character by character, since nobody knows in which
    of them somebody thinks: 献血 -> xian xue, xian xie."""
    by_words = [sound for word in _words(folded) for sound in _reading(word, is_name=False)]
    by_characters = map(_as_typed, syllables(folded))
    ways = (_of_the_field(folded, readings(folded)), tuple(by_words), tuple(by_characters))
    return list(dict.fromkeys(ways))


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
