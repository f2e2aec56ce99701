"""The SQL over `modelsearch`'s index tables in SQLite: which entries match, and how well.

The stock migration makes an FTS5 table (`unicode61` tokenizer, columns autocomplete, body, title)
that triggers keep in step with the index entries. Tokens of `search.analysis` are letters and
digits only, which that tokenizer keeps whole, so the stock table serves as it is.

CROSS JOIN fixes the order for SQLite's planner, which else tries to match entry by entry:
https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import models

from search.analysis import Term
from search.backends.database import Matched
from search.backends.entry_table import EntryTable
from search.backends.matching import AllOf, AnyOf, ButNot, Expression

#: The column that holds sounds, beside what is completed while typing. See `analysis.sounds`.
SOUNDS = "autocomplete"
#: How much the sound of a pair counts, where a pair that is spelled right counts 1.
SOUND_WEIGHT = 0.35
#: More than BM25 gives to any query of a length that is searched.
ON_TOP = 10_000


def written(expression: Expression) -> str:
    """`expression` in FTS5's query language. Tokens are letters and digits only, so that quotes
    suffice. https://www.sqlite.org/fts5.html#full_text_query_syntax"""
    if isinstance(expression, Term):
        return f'"{" ".join(expression.tokens)}"{"*" if expression.prefix else ""}'
    if isinstance(expression, ButNot):
        return f"({written(expression.whole)} NOT {written(expression.part)})"
    word = " AND " if isinstance(expression, AllOf) else " OR "
    return f"({word.join(map(written, expression.parts))})"


class Table(EntryTable):
    """The FTS5 table as one search sees it; see `database.Table`."""

    def __init__(
        self, model: type[models.Model], columns: Sequence[str], title_weight: float
    ) -> None:
        super().__init__(model)
        self.columns = columns
        self.weights = [SOUND_WEIGHT, 1.0, title_weight]
        self.name = f"{self.entries}_fts"

    def match(self, expression: Expression) -> str:
        """`expression` limited to the columns of this search."""
        return f"{{{' '.join(self.columns)}}} : {written(expression)}"

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        exists = (
            f"EXISTS (SELECT 1 FROM {self.name} CROSS JOIN {self.entries} "  # noqa: S608
            f"ON id = {self.name}.rowid WHERE {self.name} MATCH %s AND {self._of_model})"
        )
        params = [(self.match(each), *self.content_types) for each in expressions]
        (row,) = self.run(
            f"SELECT {', '.join([exists] * len(expressions))}", [*chain.from_iterable(params)]
        )
        return {place for place, found in enumerate(row) if found}

    def words_of(self, place: int, words: Sequence[Expression]) -> int:
        union = " UNION ALL ".join([self._match_sql] * len(words))
        rows = self.run(
            f"SELECT hits FROM (SELECT entry, COUNT(*) AS hits FROM ({union}) "  # noqa: S608
            f"GROUP BY entry ORDER BY hits DESC) AS counted "
            f"CROSS JOIN {self.entries} ON id = entry WHERE {self._of_model} LIMIT 1 OFFSET %s",
            [*map(self.match, words), *self.content_types, place - 1],
        )
        return int(rows[0][0]) if rows else 0

    def matched(self, matched: Matched) -> list[Any]:
        condition, params = self._condition("id", matched)
        rows = self.run(
            f"SELECT object_id FROM {self.entries} WHERE {condition} AND {self._of_model}",  # noqa: S608
            [*params, *self.content_types],
        )
        return [self.to_pk(object_id) for (object_id,) in rows]

    def scored(
        self, matched: Matched, terms: Sequence[Term], sounds: Sequence[Term], whole: Term | None
    ) -> dict[Any, float]:
        """BM25 in one pass."""
        condition, params = self._condition(f"+{self.name}.rowid", matched)
        bonus = ""
        bonus_params: list[str] = []
        if whole is not None:
            bonus = 2 * f" + (+{self.name}.rowid IN ({self._match_sql})) * {ON_TOP}"
            bonus_params = [self.match(whole), f"title : {written(whole)}"]
        ranking = f"({self.match(AnyOf(tuple(terms)))})"
        if sounds:
            ranking += f" OR ({SOUNDS} : {written(AnyOf(tuple(sounds)))})"
        rows = self.run(
            f"SELECT object_id, -bm25({self.name}, %s, %s, %s){bonus} "  # noqa: S608
            f"FROM {self.name} CROSS JOIN {self.entries} ON id = {self.name}.rowid "
            f"WHERE {self.name} MATCH %s AND {condition} AND {self._of_model}",
            [*self.weights, *bonus_params, ranking, *params, *self.content_types],
        )
        return {self.to_pk(object_id): score for object_id, score in rows}

    def _condition(self, entry: str, matched: Matched) -> tuple[str, list[Any]]:
        """SQL that says whether the id in the column `entry` is matched."""
        parts: list[str] = []
        params: list[Any] = []
        if matched.words:
            union = " UNION ALL ".join([self._match_sql] * len(matched.words))
            params += map(self.match, matched.words)
            if len(matched.words) > 1:
                union = f"SELECT entry FROM ({union}) GROUP BY entry HAVING COUNT(*) >= %s"  # noqa: S608
                params.append(matched.least)
            parts.append(f"{entry} IN ({union})")
        for word, expression in (("IN", matched.only), ("NOT IN", matched.without)):
            if expression is not None:
                parts.append(f"{entry} {word} ({self._match_sql})")
                params.append(self.match(expression))
        return " AND ".join(parts), params

    @property
    def _match_sql(self) -> str:
        return f"SELECT rowid AS entry FROM {self.name} WHERE {self.name} MATCH %s"  # noqa: S608

    @property
    def _of_model(self) -> str:
        return f"content_type_id IN ({', '.join(['%s'] * len(self.content_types))})"
