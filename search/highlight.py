"""The words of a query in the original text: marked, and in the window that shows most of them.

Works on the text itself, not on an index, so it is the same for every engine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import analysis
from search.analysis import Term
from search.folding import Folded, fold_with_offsets

WIDTH = 90
MAX_TEXT = 10_000
_BETTER_START = re.compile(r"[。！？；：!?;]\s*|\s+|[，、,]\s*")
_LATIN = re.compile(r"[^\W_\u3005-\U000323af]+")


class Span(NamedTuple):
    """A place in the text, and which word of the query stands there."""

    start: int
    end: int
    word: str


class Highlighter:
    """Marks the words of one query in any number of texts."""

    def __init__(self, query: str) -> None:
        found = analysis.query_terms(query)
        words = [word.readings[0] for word in found.words]
        synonyms = [reading for word in found.words for reading in word.readings[1:]]
        self._words = _Finder(words)
        self._synonyms = _Finder(synonyms)
        long = [word.text for word in (*words, *synonyms) if len(word.text) > 2]
        self._pairs = _Finder(
            pair for pair in found.pairs if not any(pair.text in word for word in long)
        )

    def whole(self, text: str) -> SafeString:
        """`text` (plain) as HTML, its matched words in `<mark>`. For titles."""
        folded = fold_with_offsets(text)
        return _marked(folded.source, self._spans(folded), 0, len(folded.source))

    def passage(self, text: str, width: int = WIDTH) -> SafeString:
        """The `width` characters of `text` (plain) that show most of the query, as HTML.

        The start of the text where nothing matches. White space is closed up.
        """
        folded = fold_with_offsets(" ".join(text[:MAX_TEXT].split()))
        spans = self._spans(folded)
        start, end = _window(folded.source, spans, width)
        return _marked(folded.source, spans, start, end)

    def _spans(self, folded: Folded) -> list[Span]:
        """Where the words and their synonyms are, or the pairs of characters if there are none.

        What was not typed as a word counts where it is one in the text, not halves of two.
        """
        spans = self._words.spans(folded.text)
        others = self._synonyms.spans(folded.text)
        if not (spans or others):
            others = self._pairs.spans(folded.text)
        if others:
            ends = analysis.word_ends(folded.text)
            spans += [each for each in others if each.start in ends and each.end in ends]
        if not spans:
            return []
        offsets = [*folded.offsets, len(folded.source)]
        return [Span(offsets[s.start], offsets[s.end - 1] + 1, s.word) for s in sorted(spans)]


class _Finder:
    """Finds terms in folded text: Latin words whole and by their stem, all else anywhere."""

    def __init__(self, terms: Iterable[Term]) -> None:
        texts = [term.text for term in terms]
        latin = [text for text in texts if _LATIN.fullmatch(text)]
        others = sorted({*texts} - {*latin}, key=len, reverse=True)
        self._stems = {analysis.stem_word(text): text for text in latin}
        self._others = re.compile("|".join(map(re.escape, others))) if others else None

    def spans(self, folded: str) -> list[Span]:
        found = [*self._found_anywhere(folded), *self._found_whole(folded)]
        return sorted(found)

    def _found_anywhere(self, folded: str) -> Iterator[Span]:
        if self._others is not None:
            for match in self._others.finditer(folded):
                yield Span(match.start(), match.end(), match.group())

    def _found_whole(self, folded: str) -> Iterator[Span]:
        if self._stems:
            for match in _LATIN.finditer(folded):
                stem = analysis.stem_word(match.group())
                if stem in self._stems:
                    yield Span(match.start(), match.end(), stem)


def _window(text: str, spans: list[Span], width: int) -> tuple[int, int]:
    """Start and end of the window: most different words, then most words, then the earliest."""
    if len(text) <= width:
        return 0, len(text)
    if not spans:
        return 0, width
    first, last = _densest(spans, width)
    spare = max(0, width - (spans[last].end - spans[first].start))
    start = max(0, min(spans[first].start - spare // 3, len(text) - width))
    start = _better_start(text, start, spans[first].start)
    return start, min(len(text), start + width)


def _densest(spans: list[Span], width: int) -> tuple[int, int]:
    """First and last of the spans in the best window."""
    best, found = (0, 0), (0, 0)
    words: Counter[str] = Counter()
    last = -1
    for first, span in enumerate(spans):
        while last + 1 < len(spans) and (last < first or spans[last + 1].end <= span.start + width):
            last += 1
            words[spans[last].word] += 1
        richness = (len(words), last - first + 1)
        if richness > best:
            best, found = richness, (first, last)
        words[span.word] -= 1
        if not words[span.word]:
            del words[span.word]
    return found


def _better_start(text: str, start: int, limit: int) -> int:
    """The first place from `start` up to `limit` where a sentence or at least a clause begins."""
    if start == 0:
        return 0
    begins = [
        (match.group()[0], match.end()) for match in _BETTER_START.finditer(text, start, limit)
    ]
    sentences = [end for mark, end in begins if mark in "。！？；：!?;"]
    others = [end for mark, end in begins if mark not in "。！？；：!?;"]
    return (sentences or others or [start])[0]


def _marked(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    """`text` from `start` to `end` as HTML, with what is left out shown by an ellipsis."""
    parts = ["…"] if start else []
    at = start
    for left, right in _merged(spans):
        if left < start or right > end:
            continue
        parts += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
        at = right
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append("…")
    return mark_safe("".join(parts))  # noqa: S308


def _merged(spans: list[Span]) -> Iterator[tuple[int, int]]:
    """The spans in order, with those that touch made one."""
    left = right = -1
    for span in spans:
        if span.start > right:
            if right > left:
                yield left, right
            left = span.start
        right = max(right, span.end)
    if right > left:
        yield left, right
