"""The SQL over `modelsearch`'s index tables in SQLite: which entries match, and how well.

The stock migration makes an FTS5 table (`unicode61` tokenizer, columns autocomplete, body, title)
that triggers keep in step with the index entries. Tokens of `search.analysis` are letters without
accents and digits only, which that tokenizer keeps whole, so the stock table serves as it is.

CROSS JOIN fixes the order for SQLite's planner, which else tries to match entry by entry:
https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from itertools import chain
from statistics import fmean
from typing import Any

from django.db import models

from search.analysis import Heard, Term
from search.backends.database import Evidence, Matched
from search.backends.entry_table import MORE, SOME, EntryTable
from search.backends.expressions import AllOf, AnyOf, ButNot, Expression
from search.backends.matching import ON_TOP

#: The column that holds sounds, beside what is completed while typing. See `analysis.sounds`.
SOUNDS = "autocomplete"
#: How much the sound of a pair counts, where a pair that is spelled right counts 1.
SOUND_WEIGHT = 1.0
#: So many of the best are looked at character by character.
CLOSELY = 50
#: How much a character counts that is there as often as can be; a pair, some 5 to 20.
CHARACTER_WEIGHT = 3.0
#: Of BM25 over characters. A long text has all of them in any case.
K1, B = 1.2, 1.0


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
        self,
        model: type[models.Model],
        columns: Sequence[str],
        title_weight: float,
        within: models.QuerySet[Any] | None = None,
    ) -> None:
        super().__init__(model, within)
        self.columns = columns
        self.weights = [SOUND_WEIGHT, 1.0, title_weight]
        self.name = f"{self.entries}_fts"

    def match(self, expression: Expression) -> str:
        """`expression` limited to the columns of this search."""
        return f"{{{' '.join(self.columns)}}} : {written(expression)}"

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        if self.within is None:
            return self._anywhere(expressions)
        some = (
            f"SELECT * FROM (SELECT %s AS place, object_id FROM {self.name} "  # noqa: S608
            f"CROSS JOIN {self.entries} ON id = {self.name}.rowid "
            f"WHERE {self.name} MATCH %s AND {self._of_model} LIMIT {SOME})"
        )
        params = [
            (place, self.match(each), *self.content_types) for place, each in enumerate(expressions)
        ]
        rows = self.run(
            " UNION ALL ".join([some] * len(expressions)), [*chain.from_iterable(params)]
        )
        counted = self.counted(object_id for _place, object_id in rows)
        return {place for place, object_id in rows if object_id in counted}

    def _anywhere(self, expressions: Sequence[Expression]) -> set[int]:
        """The places of those of `expressions` that any entry at all matches."""
        exists = (
            f"EXISTS (SELECT 1 FROM {self.name} CROSS JOIN {self.entries} "  # noqa: S608
            f"ON id = {self.name}.rowid WHERE {self.name} MATCH %s AND {self._of_model})"
        )
        params = [(self.match(each), *self.content_types) for each in expressions]
        (row,) = self.run(
            f"SELECT {', '.join([exists] * len(expressions))}", [*chain.from_iterable(params)]
        )
        return {place for place, found in enumerate(row) if found}

    def numbers(self, expressions: Sequence[Expression]) -> tuple[list[int], int]:
        number = (
            f"(SELECT COUNT(*) FROM {self.name} CROSS JOIN {self.entries} "  # noqa: S608
            f"ON id = {self.name}.rowid WHERE {self.name} MATCH %s AND {self._of_model})"
        )
        params = [(self.match(each), *self.content_types) for each in expressions]
        all_entries = f"(SELECT COUNT(*) FROM {self.entries} WHERE {self._of_model})"  # noqa: S608
        ((*numbers, total),) = self.run(
            f"SELECT {', '.join([number] * len(expressions))}, {all_entries}",
            [*chain.from_iterable(params), *self.content_types],
        )
        return numbers, total

    def number_counted(self, expression: Expression) -> int:
        rows = self.run(
            f"SELECT object_id FROM {self.name} CROSS JOIN {self.entries} "  # noqa: S608
            f"ON id = {self.name}.rowid WHERE {self.name} MATCH %s AND {self._of_model}",
            [self.match(expression), *self.content_types],
        )
        return len(self.counted(object_id for (object_id,) in rows))

    def words_of(self, place: int, words: Sequence[Expression]) -> int:
        """In most cases, a few more than `place` have enough among them that count."""
        for most in (place * MORE, -1):
            rows = self._with_most(words, most)
            counted = self.counted(object_id for object_id, _hits in rows)
            hits = [hits for object_id, hits in rows if object_id in counted]
            if len(hits) >= place or len(rows) != most:
                break
        return hits[place - 1] if len(hits) >= place else 0

    def _with_most(self, words: Sequence[Expression], most: int) -> list[tuple[str, int]]:
        """The `most` entries (or all, if negative) with most of `words`, and how many that is."""
        union = " UNION ALL ".join([self._match_sql] * len(words))
        return self.run(
            f"SELECT object_id, hits FROM (SELECT entry, COUNT(*) AS hits FROM ({union}) "  # noqa: S608
            f"GROUP BY entry ORDER BY hits DESC) AS counted "
            f"CROSS JOIN {self.entries} ON id = entry WHERE {self._of_model} LIMIT %s",
            [*map(self.match, words), *self.content_types, most],
        )

    def matched(self, matched: Matched) -> list[Any]:
        condition, params = self._condition("id", matched)
        rows = self.run(
            f"SELECT object_id FROM {self.entries} WHERE {condition} AND {self._of_model}",  # noqa: S608
            [*params, *self.content_types],
        )
        return [self.to_pk(object_id) for (object_id,) in rows]

    def scored(self, matched: Matched, evidence: Evidence) -> dict[Any, float]:
        """BM25 in one pass; then the best once more, by characters."""
        condition, params = self._condition(f"+{self.name}.rowid", matched)
        has = f" + (+{self.name}.rowid IN ({self._match_sql}))"
        bonus = "".join(f"{has} * {points}" for points in evidence.few.values())
        bonus_params = [self.match(word) for word in evidence.few]
        if evidence.whole is not None:
            bonus += f"{has} * {ON_TOP}" * 2
            bonus_params += [self.match(evidence.whole), f"title : {written(evidence.whole)}"]
        ranking = f"({self.match(AnyOf(tuple(evidence.terms)))})"
        if sounds := self._missing(evidence.sounds):
            ranking += f" OR ({SOUNDS} : {written(AnyOf(sounds))})"
        rows = self.run(
            f"SELECT id, object_id, -bm25({self.name}, %s, %s, %s){bonus} "  # noqa: S608
            f"FROM {self.name} CROSS JOIN {self.entries} ON id = {self.name}.rowid "
            f"WHERE {self.name} MATCH %s AND {condition} AND {self._of_model}",
            [*self.weights, *bonus_params, ranking, *params, *self.content_types],
        )
        best = nlargest(CLOSELY, rows, key=lambda row: row[-1])
        closely = self._by_characters([entry for entry, *_rest in best], evidence.characters)
        return {
            self.to_pk(object_id): score + closely.get(entry, 0.0)
            for entry, object_id, score in rows
        }

    def _missing(self, sounds: Sequence[Heard]) -> tuple[Term, ...]:
        """The sounds of those pairs that no entry has."""
        known = self._anywhere([each.pair for each in sounds]) if sounds else set()
        return tuple(each.sound for place, each in enumerate(sounds) if place not in known)

    def _by_characters(
        self, entries: Sequence[int], characters: Sequence[Term]
    ) -> dict[int, float]:
        """BM25 of single `characters`, none more telling than the other, in other text than
        titles. In the index, a character is the start of its pairs."""
        if not entries or not characters:
            return {}
        wanted = ", ".join(map(str, entries))
        rows = self.run(f"SELECT id, ' ' || body FROM {self.entries} WHERE id IN ({wanted})", [])  # noqa: S608
        usual = fmean(text.count(" ") for _entry, text in rows)
        found: dict[int, float] = {}
        for entry, text in rows:
            bend = K1 * (1 - B + B * text.count(" ") / usual)
            counts = (text.count(f" {each.text}") for each in characters)
            found[entry] = CHARACTER_WEIGHT * sum(often / (often + bend) for often in counts)
        return found

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
