"""Text as it is compared, and the scripts that it is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import opencc

from search.sanitizing import IGNORABLE

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SYLLABLES = "\uac00-\ud7a3\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<syllables>[{_SYLLABLES}]+)|(?P<word>(?:[^\W_{_HAN}{_SYLLABLES}])+)"
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

#: What nobody sees inside a word.
_INVISIBLE = re.compile(f"[{IGNORABLE}]")

#: A stretch of Chinese characters in folded text.
HAN = re.compile(rf"[{_HAN}]+")

#: Latin letters that have no accent to lose, as they are typed on a keyboard without them.
_LATIN = {"æ": "ae", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe"}
_LATIN |= {"þ": "th", "ŧ": "t"}
_ACCENTS = range(0x300, 0x370)

#: What OpenCC simplifies in a few words only (瞭解, but not 瞭), and what is written in Hong Kong
#: and Taiwan, in their variants or by hand. Not its `hk2s` and `tw2s`, which take a text for
#: traditional: they make 显着 of 显著. For the same reason 著 stays.
_VARIANTS = str.maketrans(
    "瞭藉覆甦衞敍暱痺粧簷睪枱糭衹𫫇汚瘖痲鼈妳牠姪効砲鎗鑛隣蔴揹锺迳钜",
    "了借复苏卫叙昵痹妆檐睾台粽只恶污喑麻鳖你它侄效炮枪矿邻麻背钟径巨",
)


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

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _FoldTable(dict[int, str]):
    """Maps each code point to its folded form, worked out when first met.

    :ivar uneven: the characters met so far that fold to none or to several.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = visible(unicodedata.normalize("NFKC", chr(code)).casefold())
        folded = " " if _UNPRINTABLE.search(folded) else "".join(map(_letter, folded))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded


class _Alone(dict[int, str]):
    """Maps each code point to its simplified form whatever it stands beside, worked out when
    first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _converter().convert(chr(code)).translate(_VARIANTS)
        return self[code]


_FOLD_TABLE = _FoldTable()
_ALONE = _Alone()


def compose(text: str) -> str:
    """`text` in NFC, which reads the same, so that folding goes character by character."""
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """`text` without the characters that nobody sees, as joiners and those that turn the direction
    of what follows."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """`text` as it is compared: compatibility forms, case, accents of Latin letters, traditional
    characters and all that nobody sees removed."""
    return _simplify(compose(text).translate(_FOLD_TABLE))


def fold_with_offsets(text: str) -> Folded:
    """`fold(text)` with the way back to the text as it is shown (`source`, composed)."""
    source = compose(text)
    folded = fold(source)
    if _FOLD_TABLE.uneven.isdisjoint(source):
        return Folded(folded, source, list(range(len(source))))
    offsets = [index for index, c in enumerate(source) for _ in _FOLD_TABLE[ord(c)]]
    return Folded(folded, source, offsets)


def runs(folded: str) -> Iterator[Run]:
    """The stretches of folded text that are searched, in order; the rest separates them."""
    for match in _RUN.finditer(folded):
        yield Run(str(match.lastgroup), match.group(), match.start())


def is_chinese(folded: str) -> bool:
    """Whether folded text is nothing but Chinese characters."""
    return HAN.fullmatch(folded) is not None


def _letter(c: str) -> str:
    """`c` without its accent if it is Latin; nothing if it is an accent."""
    if ord(c) in _ACCENTS:
        return ""
    letter = unicodedata.normalize("NFD", c)[0]
    return _LATIN.get(letter, letter if letter.isascii() else c)


def _simplify(text: str) -> str:
    """`text` in simplified characters: by words, which tells 計畫 from 畫; then each character by
    itself, so that one is the same as in a longer word (乾坤, 乾隆), of which it may be typed."""
    simplified = _converter().convert(text)
    if len(simplified) != len(text):
        simplified = text
    return simplified.translate(_ALONE)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
