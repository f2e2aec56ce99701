"""From what a search asks for to Elasticsearch's query language, nothing of it ever parsed there.

https://www.elastic.co/docs/reference/query-languages/querydsl
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis import Term
from search.backends.expressions import AnyOf, ButNot, Expression, Matching

Clause = dict[str, Any]

NOTHING: Clause = {"match_none": {}}
EVERYTHING: Clause = {"match_all": {}}

#: As many words as a beginning may go on as in a phrase.
MOST_ENDINGS = 10_000
#: As many words as a beginning may go on as tell which text it fits best.
MOST_RANKED_ENDINGS = 100


@dataclass(frozen=True, slots=True)
class RoughTerm(Term):
    """A term that may be misspelt."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is searched, and how much more it counts than others."""

    name: str
    weight: float = 1.0


def matches(expression: Expression, columns: Sequence[Column]) -> Clause:
    """What matches `expression` in any of `columns`, each term by itself."""
    if isinstance(expression, Term):
        return any_of(_term(expression, column.name) for column in columns)
    if isinstance(expression, AnyOf):
        return any_of(matches(part, columns) for part in expression.parts)
    if isinstance(expression, ButNot):
        return all_of([matches(expression.whole, columns), but(matches(expression.part, columns))])
    return all_of(matches(part, columns) for part in expression.parts)


def matching(wanted: Matching, columns: Sequence[Column]) -> Clause:
    """What `wanted` stands for."""
    found = matches(wanted.expression, columns) if wanted.expression else NOTHING
    return but(found) if wanted.negated else found


def scores(term: Term, columns: Sequence[Column], weight: float) -> Clause:
    """How well `term` fits, in the column that it fits best."""
    found = [_scored(term, column.name, max(weight * column.weight, 0.0)) for column in columns]
    return found[0] if len(found) == 1 else {"dis_max": {"queries": found}}


def counts(clause: Clause, points: float = 1.0) -> Clause:
    """Scores `points` for whatever matches `clause`."""
    return {"constant_score": {"filter": clause, "boost": points}}


def at_least(least: int, clauses: Sequence[Clause]) -> Clause:
    """What matches at least so many of `clauses`."""
    if len(clauses) == 1:
        return clauses[0]
    if least == len(clauses):
        return all_of(clauses)
    return {"bool": {"should": list(clauses), "minimum_should_match": least}}


def any_of(clauses: Iterable[Clause]) -> Clause:
    return at_least(1, list(clauses) or [NOTHING])


def all_of(clauses: Iterable[Clause]) -> Clause:
    """What matches all of `clauses`, which score nothing."""
    return {"bool": {"filter": list(clauses)}}


def conjuncts(clause: Clause) -> list[Clause]:
    """The clauses all of which `clause` asks for: its own parts, or just itself."""
    match clause:
        case {"bool": {"must": list(parts), **others}} if not others:
            return parts
    return [clause]


def but(clause: Clause) -> Clause:
    return {"bool": {"must_not": [clause]}}


def _term(term: Term, column: str, **options: Any) -> Clause:
    """`term` in one column. Tokens that stand next to each other are a phrase."""
    if len(term.tokens) > 1:
        kind = "match_phrase_prefix" if term.prefix else "match_phrase"
        if term.prefix:
            options["max_expansions"] = MOST_ENDINGS
        return {kind: {column: {"query": " ".join(term.tokens), **options}}}
    if isinstance(term, RoughTerm):
        return {"fuzzy": {column: {"value": term.tokens[0], **options}}}
    return {"prefix" if term.prefix else "term": {column: {"value": term.tokens[0], **options}}}


def _scored(term: Term, column: str, weight: float) -> Clause:
    if term.prefix and len(term.tokens) == 1:
        rewrite = f"top_terms_blended_freqs_{MOST_RANKED_ENDINGS}"
        return _term(term, column, boost=weight, rewrite=rewrite)
    return _term(term, column, boost=weight)
