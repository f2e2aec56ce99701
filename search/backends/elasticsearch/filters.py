"""From the filters of a queryset to Elasticsearch's, where `modelsearch`'s own fall short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, Subquery
from django.db.models.sql import Query
from django.utils.timezone import make_aware
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchQueryCompiler

from search.backends.elasticsearch.clauses import NOTHING, Clause, any_of, conjuncts
from search.backends.elasticsearch.documents import mapping_of, plain
from search.backends.many import FiltersManyToMany
from search.batches import batches

#: Elasticsearch takes up to 65,536 values at once ("index.max_terms_count").
MOST_TERMS = 50_000


class Filters(FiltersManyToMany, Elasticsearch9SearchQueryCompiler):
    """A query compiler that takes subqueries of any size, and days as the clock here has them."""

    #: The same one for a model each time.
    mapping_class = staticmethod(mapping_of)

    def _process_lookup(
        self,
        field_path: Sequence[Any],
        lookup: str,
        value: Any,
        mapping: Any = None,
        column_name_prefix: str = "",
    ) -> Clause | None:
        if isinstance(value, QuerySet | Query | Subquery):
            value = self._values(value)
            if lookup == "exact":
                lookup, value = "in", value[:1]
        if len(field_path) == 1:
            value = local(value, field_path[0].get_type((mapping or self.mapping).model))
            if lookup == "in":
                column = (mapping or self.mapping).get_field_column_name(field_path[0])
                return one_of(column_name_prefix + column, value)
        return super()._process_lookup(field_path, lookup, value, mapping, column_name_prefix)

    def _values(self, subquery: QuerySet[Any] | Query | Subquery) -> list[Any]:
        """What a subquery gives, which the database is asked for now."""
        query = subquery if isinstance(subquery, Query) else subquery.query
        if not query.has_select_fields:
            query = query.clone()
            query.clear_select_clause()
            query.add_fields(["pk"])
        rows = query.get_compiler(self.queryset._db or DEFAULT_DB_ALIAS).results_iter()
        return [row[0] for row in rows]

    def get_filters(self) -> list[Clause]:
        """All of which what is found has to match."""
        return [part for each in super().get_filters() for part in conjuncts(each)]

    def _process_match_none(self) -> Clause:
        return NOTHING


def one_of(column: str, values: Iterable[Any]) -> Clause:
    """What has any of `values`."""
    wanted = [plain(value) for value in values if value is not None]
    return any_of({"terms": {column: part}} for part in batches(wanted, MOST_TERMS))


def local(value: Any, kind: str) -> Any:
    """A day that is compared with a moment: the moment at which it begins here."""
    if kind != "DateTimeField":
        return value
    if isinstance(value, list | tuple):
        return [local(each, kind) for each in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return make_aware(datetime.combine(value, time_of_day.min))
    return value
