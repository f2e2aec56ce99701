"""Entries of an index in the database whose objects are gone."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from modelsearch.index import get_indexed_models
from modelsearch.utils import get_descendants_content_types_pks

from search.batches import batches


def delete_stale_entries(entries: Any, batch: int) -> None:
    """Delete those of `entries` that stand for no object, so many at a time."""
    for model in get_indexed_models():
        if not model._meta.parents:
            stale = _stale(entries, model)
            for pks in batches(stale, batch):
                entries.filter(pk__in=pks).delete()


def _stale(entries: Any, model: type[Model]) -> list[int]:
    """Compared here: as a subquery, NOT IN over texts takes a time that grows with the square."""
    existing = {str(pk) for pk in model._default_manager.values_list("pk", flat=True)}
    of_model = entries.filter(content_type__in=get_descendants_content_types_pks(model))
    pairs = of_model.values_list("pk", "object_id").iterator()
    return [pk for pk, object_id in pairs if object_id not in existing]
