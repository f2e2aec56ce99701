"""Facets: how many of what is found have each value of a field, counted by the database's rows."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Collection
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToManyField, QuerySet

from search.backends.among import among
from search.backends.many import many_to_many

#: Values of a field and how often they occur, most first.
Facet = OrderedDict[Any, int]


class Tally:
    """What is found of one queryset, to be counted by several of its fields.

    :param found: what is found; its order does not matter.
    :param fields: filterable fields to count by.
    :param keys: `found` is among these primary keys; None where that is not known.
    """

    def __init__(
        self, found: QuerySet[Any], fields: set[str], keys: Collection[Any] | None
    ) -> None:
        model: Any = found.model
        self._keys = keys
        self._found = found.order_by()
        self._relations = {
            field: relation
            for each in model.get_filterable_search_fields()
            if (field := each.get_attname(model)) in fields
            and (relation := many_to_many(each, model))
        }
        self._columns = ["pk", *sorted(field for field in fields if is_column(model, field))]
        self._rows = list(dict.fromkeys(self._found.values_list(*self._columns)))

    def count(self, field: str) -> Facet:
        """How many have each value of `field`, most first; of a relation each primary key."""
        if field in self._relations:
            return by_number(self._related(self._relations[field]))
        if field in self._columns:
            column = self._columns.index(field)
            return by_number(Counter(row[column] for row in self._rows))
        values = set(self._found.values_list("pk", field))
        return by_number(Counter(value for _pk, value in values))

    def _related(self, relation: ManyToManyField[Any, Any]) -> Counter[Any]:
        source, target = (
            f"{relation.m2m_field_name()}_id",
            f"{relation.m2m_reverse_field_name()}_id",
        )
        through: Any = relation.remote_field.through
        links = through._base_manager.all()
        if self._keys is not None:
            links = links.filter(among(source, self._keys))
        found = {row[0] for row in self._rows}
        pairs = {pair for pair in links.values_list(source, target) if pair[0] in found}
        counted = Counter(target for _source, target in pairs)
        without = len(found) - len({source for source, _target in pairs})
        return counted + Counter({None: without})


def is_column(model: Any, field: str) -> bool:
    """Whether each object of `model` has one value of `field`, in its own row."""
    try:
        found = model._meta.get_field(field)
    except FieldDoesNotExist:
        return False
    return bool(found.concrete and not found.many_to_many)


def by_number(counter: Counter[Any]) -> Facet:
    return OrderedDict(counter.most_common())
