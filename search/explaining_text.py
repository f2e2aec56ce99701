"""An explanation as plain text, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from search.analysis import Beginning, Term, Word
from search.explaining import Fate, Found, Reading
from search.pinyin import syllables


def lines(reading: Reading, found: Found | None) -> Iterator[str]:
    """What `reading` and `found` say, a fact a line."""
    yield from _lines_of_reading(reading)
    if found is not None:
        yield from _lines_of_found(found)


def _lines_of_reading(reading: Reading) -> Iterator[str]:
    yield _("统一写法：%(text)s") % {"text": reading.folded}
    yield _("分词：%(pieces)s") % {"pieces": " | ".join(each.text for each in reading.pieces)}
    for fate, label in ((Fate.STOP_WORD, _("停用词")), (Fate.LEFT_OUT, _("略过"))):
        if pieces := [each.text for each in reading.pieces if each.fate is fate]:
            yield f"{label}：{' '.join(pieces)}"
    for label, texts in (
        (_("必须一字不差地出现"), reading.phrases),
        (_("不能出现"), reading.excluded),
    ):
        if texts:
            yield f"{label}：{' | '.join(texts)}"
    yield _("要找的词：")
    yield from (f"  {_with_synonyms(word)}" for word in reading.terms.words)
    yield _("排序用的字对：%(pairs)s") % {"pairs": _texts(reading.terms.pairs)}
    yield _("排序用的单字：%(characters)s") % {"characters": _texts(reading.terms.characters)}
    if reading.terms.sounds:
        heard = " ".join(filter(None, syllables(reading.folded)))
        yield _("读音（字对哪里都没有时才用）：%(sounds)s") % {"sounds": heard}


def _lines_of_found(found: Found) -> Iterator[str]:
    yield _("每个词在多少篇里：")
    yield from (f"  {word.text}  {number}" for word, number in found.documents)
    if found.least is not None:
        yield _("至少要有 %(least)s 个词") % {"least": found.least}
    yield _("找到 %(total)s 篇：") % {"total": found.total}
    yield from (f"  {each.score:10.3f}  {each.title}  {each.url}" for each in found.top)


def _with_synonyms(word: Word) -> str:
    """(A word that may not be finished is followed by an ellipsis.)"""
    return " = ".join(
        f"{reading.text}…" if isinstance(reading, Beginning) else reading.text
        for reading in word.readings
    )


def _texts(terms: Iterable[Term]) -> str:
    return " ".join(term.text for term in terms)
