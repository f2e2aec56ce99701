"""Text as it is compared, and the scripts that it is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import opencc

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SYLLABLES = "\uac00-\ud7a3\u3041-\u30ff"
_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<syllables>[{_SYLLABLES}]+)|(?P<word>(?:[^\W_{_HAN}{_SYLLABLES}])+)"
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

#: A stretch of Chinese characters in folded text.
HAN = re.compile(rf"[{_HAN}]+")


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


def visible(text: str) -> str:
    """`text` without the characters that nobody sees, as joiners and those that turn the direction
    of what follows. Unicode calls them format characters."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


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


def _simplify(text: str) -> str:
    """`text` in simplified characters. Twice: 乾安縣 becomes 乾安县, and that 干安县, as the
    simplified name does at once."""
    converter = _converter()
    simplified = converter.convert(converter.convert(text))
    if len(simplified) == len(text):
        return simplified
    return "".join((converter.convert(c) + c)[0] for c in text)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
