"""The SQL over `modelsearch`'s index table in PostgreSQL: which entries match, and how well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import connections, models, router
from django.db.models.expressions import RawSQL
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from search.analysis import Term
from search.backends.database import Matched
from search.backends.matching import AnyOf, Expression
from search.backends.tstext import written

#: More than the rank of any query.
ON_TOP = 10


class Table:
    """The index table as one search sees it; see `database.Table`."""

    def __init__(
        self, model: type[models.Model], columns: Sequence[str], title_weight: float
    ) -> None:
        entry: type[models.Model] = get_app_config().get_model("IndexEntry")
        self.model = model
        self.column = columns[0] if len(columns) == 1 else "body"
        self.weight = "D" if list(columns) == ["body"] else ""
        self.weights = f"{{{1 / title_weight}, 0, 0, 1}}"
        self.connection = connections[router.db_for_read(entry)]
        self.entries = entry._meta.db_table

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        columns = ", ".join([f"EXISTS ({self._match_sql})"] * len(expressions))
        params = [param for each in expressions for param in self._match(each)]
        (row,) = self._run(f"SELECT {columns}", params)
        return {place for place, found in enumerate(row) if found}

    def histogram(self, words: Sequence[Expression]) -> dict[int, int]:
        union = " UNION ALL ".join([self._match_sql] * len(words))
        rows = self._run(
            f"SELECT hits, COUNT(*) FROM "  # noqa: S608
            f"(SELECT id, COUNT(*) AS hits FROM ({union}) AS one GROUP BY id) AS counted "
            f"GROUP BY hits",
            [param for word in words for param in self._match(word)],
        )
        return dict(rows)

    def matched(self, matched: Matched) -> list[Any]:
        condition, params = self._condition(matched)
        rows = self._run(f"SELECT object_id FROM {self.entries} WHERE {condition}", params)  # noqa: S608
        return [self._to_pk(object_id) for (object_id,) in rows]

    def scored(
        self, matched: Matched, terms: Sequence[Term], sounds: Sequence[Term], whole: Term | None
    ) -> dict[Any, float]:
        query = self._query(AnyOf(tuple(terms)))
        condition, params = self._condition(matched)
        bonus = ""
        bonus_params: list[Any] = []
        if whole is not None:
            bonus = f" + ({self.column} @@ %s::tsquery)::int * {ON_TOP}"
            bonus_params = [self._query(whole)]
        rows = self._run(
            f"SELECT object_id, (ts_rank(%s, {self.column}, %s::tsquery, 1){bonus})::float8 "  # noqa: S608
            f"FROM {self.entries} WHERE {condition} AND {self.column} @@ %s::tsquery",
            [self.weights, query, *bonus_params, *params, query],
        )
        return {self._to_pk(object_id): score for object_id, score in rows}

    def keys(self, pks: Iterable[Any]) -> RawSQL:
        pk_field = self.model._meta.pk
        values = [pk_field.get_db_prep_value(pk, self.connection) for pk in pks]
        return RawSQL(f"SELECT unnest(%s::{pk_field.db_type(self.connection)}[])", [values])  # noqa: S611

    def _query(self, expression: Expression) -> str:
        return written(expression, self.weight)

    def _match(self, expression: Expression) -> list[Any]:
        return [self._query(expression), self._content_types]

    @property
    def _match_sql(self) -> str:
        return (
            f"SELECT id FROM {self.entries} "  # noqa: S608
            f"WHERE {self.column} @@ %s::tsquery AND content_type_id = ANY(%s)"
        )

    def _condition(self, matched: Matched) -> tuple[str, list[Any]]:
        """SQL that says whether an entry is matched."""
        parts = ["content_type_id = ANY(%s)"]
        params: list[Any] = [self._content_types]
        if matched.words:
            union = " UNION ALL ".join([self._match_sql] * len(matched.words))
            params += [param for word in matched.words for param in self._match(word)]
            if len(matched.words) > 1:
                union = f"SELECT id FROM ({union}) AS one GROUP BY id HAVING COUNT(*) >= %s"  # noqa: S608
                params.append(matched.least)
            parts.append(f"id IN ({union})")
        for word, expression in (("", matched.only), ("NOT ", matched.without)):
            if expression is not None:
                parts.append(f"{word}{self.column} @@ %s::tsquery")
                params.append(self._query(expression))
        return " AND ".join(parts), params

    @cached_property
    def _content_types(self) -> list[int]:
        return list(get_descendants_content_types_pks(self.model))

    def _to_pk(self, object_id: str) -> Any:
        return self.model._meta.pk.to_python(object_id)

    def _run(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
