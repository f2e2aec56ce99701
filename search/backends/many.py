"""Filters over many-to-many fields, which `modelsearch` refuses: `index.FilterField("topics")`
allows `filter(topics=3)` and `facet("topics")`, in primary keys."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToManyField
from modelsearch.index import FilterField


class FiltersManyToMany:
    """Mixin of query compilers."""

    def _get_filter_field_path_for_column(self, column: Any) -> list[Any]:
        """The filter field that `column` of a table between two models stands for."""
        queryset = self.queryset  # type: ignore[attr-defined]
        table = queryset.query.alias_map[column.alias].table_name
        for field in queryset.model.get_filterable_search_fields():
            relation = many_to_many(field, queryset.model)
            if relation and (table, column.target.column) == (
                relation.m2m_db_table(),
                relation.m2m_reverse_name(),
            ):
                return [field]
        return super()._get_filter_field_path_for_column(column)  # type: ignore[misc]


def many_to_many(field: FilterField, model: Any) -> ManyToManyField[Any, Any] | None:
    """The many-to-many field of `model` that `field` names; None if it names another kind."""
    try:
        found = field.get_field(model)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, ManyToManyField) else None
