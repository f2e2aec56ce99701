"""Filters over many-to-many fields, which `modelsearch` refuses: `index.FilterField("topics")`
allows `filter(topics=3)`, `exclude(topics=3)` and `facet("topics")`, in primary keys."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, ManyToManyField
from django.db.models.lookups import Exact
from django.db.models.sql import Query
from modelsearch.backends.base import FilterFieldError
from modelsearch.index import FilterField


class FiltersManyToMany:
    """Mixin of query compilers."""

    queryset: Any

    def _get_filters_from_where_node(self, where_node: Any, check_only: bool = False) -> Any:
        """For `exclude`, Django asks whether there is a row in the table between two models."""
        if isinstance(where_node, Exact) and isinstance(where_node.lhs, Exists):
            return self._filter_by_rows(where_node.lhs.query, check_only)
        return super()._get_filters_from_where_node(  # type: ignore[misc]
            where_node, check_only=check_only
        )

    def _filter_by_rows(self, rows: Query, check_only: bool) -> Any:
        names = [lookup.lhs.target.attname for lookup in rows.where.leaves()]
        for lookup in rows.where.leaves():
            if field := self._filter_field_between(rows, lookup.lhs):
                value = (lookup.lookup_name, lookup.rhs)
                return None if check_only else self._process_lookup([field], *value)  # type: ignore[attr-defined]
        raise FilterFieldError(
            f'Cannot exclude from search results by "{names[0]}", which is not an '
            f"index.FilterField of {self.queryset.model.__name__} itself.",
            field_name=names[0],
        )

    def facet_field(self, name: str) -> FilterField:
        """The filterable field with this attribute name. Raises FilterFieldError if none has it."""
        found: FilterField | None = self._get_filterable_field(name)  # type: ignore[attr-defined]
        if found is None:
            model = self.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{name}". Please add '
                f"index.FilterField('{name}') to {model}.search_fields.",
                field_name=name,
            )
        return found

    def _get_filter_field_path_for_column(self, column: Any) -> list[Any]:
        """The filter field that `column` of a table between two models stands for."""
        if field := self._filter_field_between(self.queryset.query, column):
            return [field]
        return super()._get_filter_field_path_for_column(column)  # type: ignore[misc]

    def _filter_field_between(self, query: Query, column: Any) -> FilterField | None:
        table = query.alias_map[column.alias].table_name
        return _fields_between(self.queryset.model).get((table, column.target.column))


@cache
def _fields_between(model: Any) -> dict[tuple[str, str], FilterField]:
    """The filter fields of `model` that are many-to-many, each by its table between the models
    and the column there that it is filtered by."""
    return {
        (relation.m2m_db_table(), relation.m2m_reverse_name()): field
        for field in model.get_filterable_search_fields()
        if (relation := many_to_many(field, model))
    }


def many_to_many(field: FilterField, model: Any) -> ManyToManyField[Any, Any] | None:
    """The many-to-many field of `model` that `field` names; None if it names another kind."""
    try:
        found = field.get_field(model)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, ManyToManyField) else None
