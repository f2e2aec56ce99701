"""The SQL over `modelsearch`'s index tables in SQLite: which entries match, and how well.

The stock migration makes an FTS5 table (`unicode61` tokenizer, columns autocomplete, body, title)
that triggers keep in step with the index entries. Terms of `search.analysis` are letters and
digits only, which that tokenizer keeps whole, so the stock table serves as it is.

CROSS JOIN fixes the order for SQLite's planner, which else tries to match entry by entry:
https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connections, models, router
from django.db.models.expressions import RawSQL
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

COLUMNS = ("autocomplete", "body", "title")
#: More than BM25 gives to any query of a length that is searched.
ON_TOP = 10_000


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries that match at least `minimum` of `expressions`."""

    expressions: tuple[str, ...]
    minimum: int = 1

    def sql(self, table: Table) -> tuple[str, list[Any]]:
        """A statement that gives their row ids."""
        union = " UNION ALL ".join([table.match_sql] * len(self.expressions))
        params: list[Any] = [table.match(text) for text in self.expressions]
        if len(self.expressions) == 1:
            return union, params
        sql = f"SELECT entry FROM ({union}) GROUP BY entry HAVING COUNT(*) >= %s"  # noqa: S608
        return sql, [*params, self.minimum]


class Table:
    """The FTS5 table as one search sees it: entries of `model` and its children, in `columns`."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        entry: type[models.Model] = get_app_config().get_model("IndexEntry")
        self.model = model
        self.columns = columns
        self.connection = connections[router.db_for_read(entry)]
        self.entries = entry._meta.db_table
        self.name = f"{self.entries}_fts"

    @property
    def match_sql(self) -> str:
        return f"SELECT rowid AS entry FROM {self.name} WHERE {self.name} MATCH %s"  # noqa: S608

    def match(self, expression: str) -> str:
        """`expression` limited to the columns of this search."""
        return f"{{{' '.join(self.columns)}}} : {expression}"

    def histogram(self, expressions: Sequence[str]) -> dict[int, int]:
        """How many entries match exactly so many of `expressions`."""
        union = " UNION ALL ".join([self.match_sql] * len(expressions))
        rows = self._run(
            f"SELECT hits, COUNT(*) FROM "  # noqa: S608
            f"(SELECT entry, COUNT(*) AS hits FROM ({union}) GROUP BY entry) AS counted "
            f"CROSS JOIN {self.entries} ON id = entry WHERE {self._of_model} GROUP BY hits",
            [*(self.match(text) for text in expressions), *self._content_types],
        )
        return dict(rows)

    def matched(self, selection: Selection) -> list[Any]:
        """The primary keys of the selected objects, in no order."""
        sql, params = selection.sql(self)
        rows = self._run(
            f"SELECT object_id FROM {self.entries} "  # noqa: S608
            f"WHERE id IN ({sql}) AND {self._of_model}",
            [*params, *self._content_types],
        )
        return [self._to_pk(object_id) for (object_id,) in rows]

    def scored(
        self, selection: Selection, ranking: str, weights: Sequence[float], whole: str | None = None
    ) -> dict[Any, float]:
        """Primary key and BM25 score (the higher, the better) of the selected objects that match
        `ranking`, in one pass; `weights` are those of COLUMNS. What matches `whole` is on top."""
        sql, params = selection.sql(self)
        chosen = f"AND +{self.name}.rowid IN ({sql})"
        if selection.expressions == (ranking,):
            chosen, params = "", []
        marks = ", ".join(["%s"] * len(weights))
        bonus, bonus_params = "", []
        if whole is not None:
            bonus = f" + (+{self.name}.rowid IN ({self.match_sql})) * {ON_TOP}"
            bonus_params = [self.match(whole)]
        rows = self._run(
            f"SELECT object_id, -bm25({self.name}, {marks}){bonus} "  # noqa: S608
            f"FROM {self.name} CROSS JOIN {self.entries} ON id = {self.name}.rowid "
            f"WHERE {self.name} MATCH %s {chosen} AND {self._of_model}",
            [*weights, *bonus_params, self.match(ranking), *params, *self._content_types],
        )
        return {self._to_pk(object_id): score for object_id, score in rows}

    def keys(self, pks: Iterable[Any]) -> RawSQL:
        """`pks` for `pk__in`, as one parameter however many they are."""
        prepare = self.model._meta.pk.get_db_prep_value
        values = [prepare(pk, self.connection) for pk in pks]
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(values)])

    @cached_property
    def _content_types(self) -> list[int]:
        return list(get_descendants_content_types_pks(self.model))

    @property
    def _of_model(self) -> str:
        return f"content_type_id IN ({', '.join(['%s'] * len(self._content_types))})"

    def _to_pk(self, object_id: str) -> Any:
        return self.model._meta.pk.to_python(object_id)

    def _run(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
