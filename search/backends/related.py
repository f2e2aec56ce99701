"""What objects refer to, for an index that holds some of it; of many objects read at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    Manager,
    ManyToManyField,
    Model,
    QuerySet,
    prefetch_related_objects,
)
from modelsearch.index import FilterField, RelatedFields

from search.backends.many import many_to_many


def related_at_once(model: Any) -> list[ManyToManyField[Any, Any]]:
    """The many-to-many fields of `model` that are indexed."""
    found = {
        relation.name: relation
        for field in model.get_search_fields()
        if isinstance(field, RelatedFields | FilterField)
        and (relation := many_to_many(field, model))
    }
    return [found[name] for name in sorted(found)]


def fetch_related(model: Any, objs: Sequence[Any]) -> None:
    """Read what `objs` of `model` refer to by the many-to-many fields that are indexed: one query
    a field instead of some for each object. `modelsearch` does so for few kinds of them."""
    names = [relation.name for relation in related_at_once(model)]
    if len(objs) > 1 and names:
        prefetch_related_objects(list(objs), *names)


def related_objects(value: Any) -> list[Model]:
    """The objects in the `value` of an indexed relation: of one object, of several, or a method."""
    if value is None:
        return []
    if isinstance(value, Manager | QuerySet):
        return list(value.all())
    return [value() if callable(value) else value]
