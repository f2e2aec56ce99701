"""What a search is to find, worked out document by document: slow, and without any engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from modelsearch.query import SearchQuery

from search.analysis import Term
from search.backends import matching
from search.backends.expressions import AllOf, AnyOf, ButNot, Expression, Matching
from search.backends.matching import Reading
from search.backends.texts import Tokens

Columns = list[list[str]]


@dataclass(frozen=True, slots=True)
class Naive:
    """Searches `documents`, each a list of tokens per column, by their places in the list."""

    documents: Sequence[Columns]

    def search(self, query: SearchQuery, reading: Reading = matching.SEARCH) -> set[int]:
        selected = matching.selection(query, reading, self)
        found = self.matching(selected.rest)
        if not selected.words:
            return found
        least = self.least(selected.words)
        return {number for number in found if self.words_in(number, selected.words) >= least}

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        return {
            place
            for place, each in enumerate(expressions)
            if any(matches(document, each) for document in self.documents)
        }

    def in_most(self, words: Sequence[Expression]) -> set[int]:
        most = max(len(self.documents) // 2, matching.enough(len(words)))
        found = [self.matching(Matching(each)) for each in words]
        return {place for place, each in enumerate(found) if len(each) > most}

    def least(self, words: Sequence[AnyOf]) -> int:
        counts = [self.words_in(number, words) for number in range(len(self.documents))]
        last = sorted(counts, reverse=True)[: matching.enough(len(words))]
        enough = len(last) == matching.enough(len(words))
        return max(last[-1], 1) if enough and len(words) > 1 else 1

    def words_in(self, number: int, words: Sequence[AnyOf]) -> int:
        return sum(matches(self.documents[number], word) for word in words)

    def matching(self, asked: Matching) -> set[int]:
        return {
            number
            for number, document in enumerate(self.documents)
            if (asked.expression is not None and matches(document, asked.expression))
            != asked.negated
        }


def columns(tokens: Tokens, fields: list[str] | None) -> Columns:
    """The tokens of each column that a search in `fields` looks in."""
    return [getattr(tokens, field) for field in fields or ["title", "body"]]


def matches(document: Columns, expression: Expression) -> bool:
    if isinstance(expression, Term):
        return any(stands_in(column, expression) for column in document)
    if isinstance(expression, ButNot):
        return matches(document, expression.whole) and not matches(document, expression.part)
    joined = all if isinstance(expression, AllOf) else any
    return joined(matches(document, part) for part in expression.parts)


def stands_in(column: list[str], term: Term) -> bool:
    *before, last = term.tokens
    for start in range(len(column) - len(before)):
        token = column[start + len(before)]
        ends = token.startswith(last) if term.prefix else token == last
        if ends and column[start : start + len(before)] == before:
            return True
    return False
