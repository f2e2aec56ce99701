"""Changes that a search engine did not take wait in a table, and are caught up by themselves.

What waits is which object has changed, not how: what is written in the end is what the database
then holds, so changes need no order and one that is made twice does no harm. Where `search` is
not installed there is no table: the failure is logged, and `update_index` brings all up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db.models import Model, QuerySet
from modelsearch.backends import get_search_backend

from search.batches import batches, write_each
from search.index_checking import indexed_model, write_as_now
from search.outage import EngineDown, IndexMissing

BATCH = 250
#: As many changes are caught up on the way, when the next one is written: few enough for a request
#: that is given up as soon as a search.
ON_THE_WAY = 20


def remember(backend: str, model: type[Model], pks: Iterable[Any]) -> bool:
    """Keep in mind that these objects have changed. False if there is no place to."""
    if not apps.is_installed("search"):
        return False
    from search.models import PendingChange

    PendingChange.objects.bulk_create(
        [PendingChange(backend=backend, model=model._meta.label, object_id=str(pk)) for pk in pks],
        update_conflicts=True,
        unique_fields=["backend", "model", "object_id"],
        update_fields=["since"],
        batch_size=BATCH,
    )
    cache.set(_flag(backend), True, None)
    return True


def catch_up_on_the_way(backend: str) -> None:
    """Write some of what waits, if this process knows of any: the engine is back."""
    if cache.get(_flag(backend)):
        cache.delete(_flag(backend))
        if catch_up(backend, ON_THE_WAY) == ON_THE_WAY:
            cache.set(_flag(backend), True, None)


def catch_up(backend: str, limit: int | None = None) -> int:
    """Write what waits for `backend`, at most `limit` changes. How many were written. What has no
    index goes on waiting, and as soon as the engine does not answer, all that is left."""
    from search.models import PendingChange

    engine = get_search_backend(backend)
    waiting = PendingChange.objects.filter(backend=backend)
    written = 0
    for label in waiting.order_by("model").values_list("model", flat=True).distinct():
        try:
            for changes in _batches(waiting.filter(model=label), limit and limit - written):
                _write(engine, label, changes)
                written += len(changes)
        except IndexMissing:
            continue
        except EngineDown:
            break
    return written


def _batches(waiting: QuerySet[Any], most: int | None) -> Iterator[list[Any]]:
    """What is waiting now, at most so many, some at a time: each is tried once."""
    pks = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    for some in batches(pks, BATCH):
        yield list(waiting.filter(pk__in=some).order_by("pk"))


def _write(engine: Any, label: str, changes: Sequence[Any]) -> None:
    """Bring what the index has of the objects of one model in line with the database. What changes
    again meanwhile goes on waiting."""
    if model := indexed_model(label):
        index = engine.get_index_for_model(model)

        def write(some: Sequence[Any]) -> None:
            with engine.line.open():
                write_as_now(index, model, [change.object_id for change in some])

        write_each(write, changes)
    for change in changes:
        type(change).objects.filter(pk=change.pk, since=change.since).delete()


def _flag(backend: str) -> str:
    return f"search-pending:{backend}"
