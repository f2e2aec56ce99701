"""The words of a query in the original text: marked, and in the window that shows most of them.

Works on the text itself, not on an index, so it is the same for every engine.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from search import analysis, dates
from search.analysis import Beginning, Day, Term, Word
from search.folding import Folded, fold_with_offsets

WIDTH = 90
MAX_TEXT = 10_000
_BETTER_START = re.compile(r"[。！？；：!?;]\s*|\s+|[，、,]\s*")
_STRETCH = re.compile(r"\w+")
_HANGUL = re.compile("[\uac00-\ud7a3]")
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
        self._made_of_parts = [_MadeOfParts(word) for word in found.words if word.parts]
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
        """Where the words and their synonyms are, the parts of a word that is not there, or the
        pairs of characters if there is nothing of that.

        Synonyms and pairs count where they are words of the text, not halves of two.
        """
        spans = self._words.spans(folded.text)
        others = self._synonyms.spans(folded.text)
        there = {span.word for span in (*spans, *others)}
        for word in self._made_of_parts:
            if there.isdisjoint(word.readings):
                spans += word.parts.spans(folded.text)
        if not (spans or others):
            others = self._pairs.spans(folded.text)
        spans += _whole_words(folded.text, others)
        if not spans:
            return []
        offsets = [*folded.offsets, len(folded.source)]
        return [Span(offsets[s.start], offsets[s.end - 1] + 1, s.word) for s in sorted(spans)]


class _MadeOfParts:
    """A word that gives way to its parts in a text that has none of its readings."""

    def __init__(self, word: Word) -> None:
        self.readings = {_closed_up(reading.text) for reading in word.readings}
        long = [part for part in word.parts if len(part.text) > 1]
        self.parts = _Finder(long or word.parts)


class _Finder:
    """Finds terms in folded text: Latin words whole, by their stem or their beginning, dates
    however they are written, all else anywhere, with or without white space where the term has
    some."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = list(terms)
        self._beginnings = [term.text for term in terms if isinstance(term, Beginning)]
        self._days = {term.text for term in terms if isinstance(term, Day)}
        texts = [term.text for term in terms if not isinstance(term, Beginning | Day)]
        latin = [text for text in texts if _LATIN.fullmatch(text)]
        self._stems = {analysis.stem_word(text): text for text in latin}
        self._others = sorted({*texts} - {*latin}, key=len)

    def spans(self, folded: str) -> list[Span]:
        found = [
            *self._found_anywhere(folded),
            *self._found_whole(folded),
            *self._found_days(folded),
        ]
        return sorted(found)

    def _found_anywhere(self, folded: str) -> Iterator[Span]:
        """The longest that begins at each place, also inside another: together they may be a
        longer word."""
        longest: dict[int, Span] = {}
        for text in self._others:
            longest |= {span.start: span for span in _places(text, folded)}
        yield from longest.values()

    def _found_whole(self, folded: str) -> Iterator[Span]:
        if self._stems or self._beginnings:
            for match in _LATIN.finditer(folded):
                if word := self._word_of(match.group()):
                    yield Span(match.start(), match.end(), word)

    def _found_days(self, folded: str) -> Iterator[Span]:
        for mention in dates.mentions(folded) if self._days else ():
            for name in self._days.intersection(mention.names):
                yield Span(mention.start, mention.end, name)

    def _word_of(self, latin: str) -> str | None:
        """The term that the word `latin` of a text is, or that it begins with."""
        begun = (text for text in self._beginnings if latin.startswith(text))
        return self._stems.get(analysis.stem_word(latin)) or next(begun, None)


def _places(text: str, folded: str) -> Iterator[Span]:
    """Where `text` is, also where it overlaps itself. Where it has white space, there may be more
    of that, or none."""
    word = _closed_up(text)
    if word != text:
        spaced = r"\s*".join(map(re.escape, text.split()))
        for match in re.finditer(f"(?=({spaced}))", folded):
            yield Span(*match.span(1), word)
        return
    start = folded.find(word)
    while start >= 0:
        yield Span(start, start + len(word), word)
        start = folded.find(word, start + 1)


def _closed_up(text: str) -> str:
    return "".join(text.split())


def _whole_words(folded: str, spans: list[Span]) -> list[Span]:
    """Those of `spans` that are words of the text, not halves of two. In Korean the end may be
    followed by a particle."""
    if not spans:
        return []
    ends = _word_ends_around(spans, folded)
    return [
        span
        for span in spans
        if span.start in ends and (span.end in ends or _HANGUL.match(folded, span.end - 1))
    ]


def _word_ends_around(spans: list[Span], folded: str) -> set[int]:
    """Where words begin or end in the stretches of text that `spans` are in. (To cut all of a text
    takes longer than all else here.)"""
    places = sorted({place for span in spans for place in (span.start, span.end - 1)})
    ends: set[int] = set()
    for stretch in _STRETCH.finditer(folded):
        nearest = bisect_left(places, stretch.start())
        if nearest < len(places) and places[nearest] < stretch.end():
            ends.update(stretch.start() + end for end in analysis.word_ends(stretch.group()))
    return ends


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
        left, right = max(left, start), min(right, end)
        if left >= right:
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
