"""How a query is read and what comes of it, step by step, for those who look after the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

from modelsearch.query import Or, Phrase
from wagtail.search.backends import get_search_backend

from search import analysis, syntax
from search.analysis import QueryTerms, Word
from search.cutting import cutter
from search.folding import fold, runs
from search.registry import SearchSource, registered_source


class Fate(Enum):
    """What becomes of a piece of a query."""

    ASKED = "asked"
    STOP_WORD = "stop"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a query is cut into. What is neither asked for nor a stop word is left out, since
    there are longer words that say more, or enough of them."""

    text: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query is read with the dictionary in force.

    :ivar folded: its words as they are compared; `pieces` are what they are cut into.
    :ivar terms: what is looked up.
    :ivar phrases: what was quoted; `excluded`: what was ruled out.
    """

    folded: str
    pieces: tuple[Piece, ...]
    terms: QueryTerms
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    title: str
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine makes of a reading.

    :ivar documents: how many documents have each of the words.
    :ivar least: how many of the words have to be in a document; None where the engine asks
        otherwise.
    :ivar total: how many documents are found, of which `top` are the first.
    """

    documents: tuple[tuple[Word, int], ...]
    least: int | None
    total: int
    top: tuple[Scored, ...]


def read(query: str) -> Reading:
    """How `query` is read, as the search page does."""
    typed = syntax.read(syntax.clean(query))
    terms = analysis.query_terms(typed.words)
    return Reading(
        fold(typed.words),
        tuple(_pieces(typed.words, terms)),
        terms,
        typed.phrases,
        typed.excluded,
    )


def find(query: str, language: str, *, backend: str = "default", most: int = 10) -> Found | None:
    """What the search page would find; None where nothing is searched or asked for."""
    source = registered_source()
    asked = syntax.read(syntax.clean(query))
    if source is None:
        return None
    queryset = source.queryset(language)
    wanted = asked.query(queryset)
    if wanted is None:
        return None
    engine = get_search_backend(backend)
    results = engine.search(wanted, queryset)
    top = list(results.annotate_score("found_score")[:most])
    return Found(
        documents=tuple(_documents(engine, queryset, asked.words)),
        least=getattr(results.query_compiler, "least", None),
        total=results.count(),
        top=tuple(_scored(source, top, language)),
    )


def _pieces(text: str, terms: QueryTerms) -> Iterator[Piece]:
    folded = fold(text)
    asked = [word.text for word in terms.words]
    for start, end in pairwise(sorted(analysis.word_ends(folded))):
        piece = folded[start:end]
        if not any(True for _run in runs(piece)):
            continue
        yield Piece(piece, _fate(piece, asked))


def _fate(piece: str, asked: list[str]) -> Fate:
    """A stop word is asked for by itself, or as one of the Latin words of an entry of the
    dictionary; not since its characters are in another word, as 的 is in 目的."""
    if piece in cutter().stop_words and not any(piece in word.split() for word in asked):
        return Fate.STOP_WORD
    if any(piece in word or word in piece for word in asked):
        return Fate.ASKED
    return Fate.LEFT_OUT


def _documents(engine: Any, queryset: Any, words: str) -> Iterator[tuple[Word, int]]:
    for word in analysis.query_terms(words).words:
        readings = Or([Phrase(reading.text) for reading in word.readings])
        yield word, engine.search(readings, queryset).count()


def _scored(source: SearchSource, top: list[Any], language: str) -> Iterator[Scored]:
    """Where a query only rules out, nothing has a score."""
    for hit, each in zip(source.present(top, language), top, strict=True):
        yield Scored(hit.title, hit.url, getattr(each, "found_score", None) or 0.0)
