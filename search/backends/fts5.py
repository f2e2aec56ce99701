"""From a `modelsearch` query to the query language of SQLite's FTS5, with nothing to escape.

FTS5 knows no lone NOT and no "everything", so a query is compiled to a `Matching`: what an
expression matches, or all but that. https://www.sqlite.org/fts5.html#full_text_query_syntax
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

from modelsearch.query import (
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from search import analysis
from search.analysis import Term

Leaf: TypeAlias = PlainText | Phrase | Fuzzy


@dataclass(frozen=True, slots=True)
class Matching:
    """The documents that `expression` matches (None: none), or with `negated` all others."""

    expression: str | None
    negated: bool = False

    def __invert__(self) -> Matching:
        return Matching(self.expression, not self.negated)

    def __and__(self, other: Matching) -> Matching:
        if self.negated and other.negated:
            return ~(~self | ~other)
        if self.negated:
            return other & self
        if other.negated:
            return Matching(_binary("NOT", self.expression, other.expression))
        if self.expression is None or other.expression is None:
            return Matching(None)
        return Matching(_binary("AND", self.expression, other.expression))

    def __or__(self, other: Matching) -> Matching:
        if self.negated or other.negated:
            return ~(~self & ~other)
        if self.expression is None or other.expression is None:
            return Matching(self.expression or other.expression)
        return Matching(_binary("OR", self.expression, other.expression))


@dataclass(frozen=True, slots=True)
class Reading:
    """How the leaves of a query are read: `required` terms of a text, and those that rank it."""

    required: Callable[[str], tuple[Term, ...]]
    ranking: Callable[[str], tuple[Term, ...]]
    phrase: Callable[[str], Term | None]


def _searched(text: str) -> tuple[Term, ...]:
    """Words and pairs. A word of two characters is a pair as well and so counts twice."""
    found = analysis.query_terms(text)
    return found.words + found.pairs


SEARCH = Reading(
    required=lambda text: analysis.query_terms(text).words,
    ranking=_searched,
    phrase=analysis.phrase_term,
)
AUTOCOMPLETE = Reading(
    required=analysis.typed_terms,
    ranking=analysis.typed_terms,
    phrase=lambda text: analysis.phrase_term(text, stem=False),
)


def matching(query: SearchQuery, reading: Reading) -> Matching:
    """The documents that `query` asks for."""
    if isinstance(query, MatchAll):
        return ~Matching(None)
    if isinstance(query, Not):
        return ~matching(query.subquery, reading)
    if isinstance(query, Boost):
        return matching(query.subquery, reading)
    if isinstance(query, And):
        return reduce(and_, (matching(part, reading) for part in query.subqueries))
    if isinstance(query, Or):
        return reduce(or_, (matching(part, reading) for part in query.subqueries))
    if isinstance(query, Phrase):
        term = reading.phrase(query.query_string)
        return Matching(expression(term) if term else None)
    if isinstance(query, PlainText | Fuzzy):
        word = "AND" if query.operator == "and" else "OR"
        return Matching(joined(word, reading.required(query.query_string)))
    raise NotImplementedError(f"{type(query).__name__} is not supported by this search backend.")


def rankings(query: SearchQuery, reading: Reading) -> dict[float, str]:
    """What ranks the documents that `query` matches: per weight, one expression to score by."""
    by_weight: dict[float, list[Term]] = {}
    for leaf, weight in _leaves(query, 1.0):
        by_weight.setdefault(weight, []).extend(_ranking_terms(leaf, reading))
    ranked = {weight: joined("OR", terms) for weight, terms in by_weight.items()}
    return {weight: text for weight, text in ranked.items() if text}


def expression(term: Term) -> str:
    """A term as FTS5 writes it. Tokens are letters and digits only, so quotes suffice."""
    return f'"{" ".join(term.tokens)}"{"*" if term.prefix else ""}'


def joined(word: str, terms: Iterable[Term]) -> str | None:
    """All terms of an AND or OR; None if there are none."""
    return _parenthesised(f" {word} ".join(expression(term) for term in terms))


def _leaves(query: SearchQuery, weight: float) -> Iterable[tuple[Leaf, float]]:
    """The texts that `query` wants found, each with its boost; what is excluded ranks nothing."""
    if isinstance(query, Boost):
        yield from _leaves(query.subquery, weight * query.boost)
    elif isinstance(query, And | Or):
        for part in query.subqueries:
            yield from _leaves(part, weight)
    elif isinstance(query, PlainText):
        yield query, weight * query.boost
    elif isinstance(query, Phrase | Fuzzy):
        yield query, weight


def _ranking_terms(leaf: Leaf, reading: Reading) -> tuple[Term, ...]:
    if isinstance(leaf, Phrase):
        term = reading.phrase(leaf.query_string)
        return (term,) if term else ()
    return reading.ranking(leaf.query_string)


def _binary(word: str, left: str | None, right: str | None) -> str | None:
    if left is None or right is None:
        return left
    return f"({left} {word} {right})"


def _parenthesised(text: str) -> str | None:
    return f"({text})" if text else None
