"""What an index has of a model, compared with what the database has, and put right; piece by piece,
so that it takes little memory, and while people go on editing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from django.db.models import Model, QuerySet
from modelsearch.index import get_indexed_models

from search.backends.related import fetch_related

BATCH = 500
#: As many times an object is written that goes on changing, or is never read the same twice.
ATTEMPTS = 3


@runtime_checkable
class Checked(Protocol):
    """An index that can be compared with the database. Ids are primary keys as text."""

    def get_key(self) -> str:
        """What its backend calls it."""

    def refresh(self) -> None:
        """Let what has been written be found."""

    def source(self, obj: Any) -> Any:
        """What the index makes of `obj` what it holds: the same as long as that is the same."""

    def known(self, model: type[Model], pks: Sequence[str]) -> Collection[str]:
        """Those of these ids that the index holds something for, as objects of `model`."""

    def digest(self, obj: Any) -> str:
        """A short text that is the same as long as the index would hold the same for `obj`."""

    def digests(self, model: type[Model], pks: Sequence[str]) -> dict[str, str]:
        """The digests of what the index holds for objects of exactly `model` with these ids."""

    def object_ids(self, model: type[Model]) -> Iterator[list[str]]:
        """The ids of all that the index holds as objects of exactly `model`, some at a time."""

    def write(self, model: type[Model], objs: Sequence[Any], gone: Collection[str]) -> None:
        """Bring what the index holds of `objs`, and of what is `gone` (ids), up to date."""


@dataclass(slots=True)
class Difference:
    """The ids of one model in which an index and the database differ."""

    missing: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.missing) + len(self.outdated) + len(self.surplus)


def indexed_model(label: str) -> Any:
    """The model, "app.Model"; None where there is none of that name, or it is not indexed."""
    return next((each for each in get_indexed_models() if each._meta.label == label), None)


def difference(index: Checked, model: Any) -> Difference:
    """What `index` lacks of the objects of `model`, has in an old form, or has too much."""
    index.refresh()
    found = Difference()
    for objs in chunks(model.get_indexed_objects()):
        known = index.digests(model, [str(obj.pk) for obj in objs])
        fetch_related(model, objs)
        for obj in objs:
            digest = known.get(str(obj.pk))
            if digest is None:
                found.missing.append(str(obj.pk))
            elif digest != index.digest(obj):
                found.outdated.append(str(obj.pk))
    found.surplus = list(surplus(index, model))
    return found


def repair(index: Checked, model: Any, found: Difference) -> None:
    """Put right what `difference` has found, by what the database has now."""
    for pks in _batches([*found.missing, *found.outdated, *found.surplus]):
        write_as_now(index, model, pks)


def write_as_now(index: Checked, model: Any, pks: Sequence[str]) -> None:
    """Bring what `index` has of these ids of `model` in line with the database."""
    objs = list(model.get_indexed_objects().filter(pk__in=pks))
    present = {str(obj.pk) for obj in objs}
    write(index, model, objs, [pk for pk in pks if pk not in present])


def write(index: Checked, model: Any, objs: Sequence[Any], gone: Sequence[str] = ()) -> None:
    """Write `objs`, and what is `gone`, and once more what has changed since it was read: whoever
    saves between reading and writing writes before us, and we put back what was."""
    for _attempt in range(ATTEMPTS):
        fetch_related(model, objs)
        written = dict.fromkeys(gone) | {str(obj.pk): index.source(obj) for obj in objs}
        index.write(model, objs, gone)
        objs, gone = _changed(index, model, written)
        if not objs and not gone:
            break


def _changed(index: Checked, model: Any, written: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """Those whose source is no longer the one that was `written` (None if they were gone), and
    those that are gone since."""
    now = list(model.get_indexed_objects().filter(pk__in=list(written)))
    fetch_related(model, now)
    changed = [obj for obj in now if index.source(obj) != written[str(obj.pk)]]
    present = {str(obj.pk) for obj in now}
    gone = [pk for pk, source in written.items() if source is not None and pk not in present]
    return changed, gone


def missing(index: Checked, model: Any) -> Iterator[Any]:
    """The objects of `model` that `index` has nothing of."""
    objects = model.get_indexed_objects()
    for pks in _batches(objects.order_by("pk").values_list("pk", flat=True).iterator(BATCH)):
        known = index.known(model, list(map(str, pks)))
        absent = [pk for pk in pks if str(pk) not in known]
        if absent:
            yield from objects.filter(pk__in=absent)


def surplus(index: Checked, model: Any) -> Iterator[str]:
    """The ids that `index` has of objects of `model` that are not to be found."""
    for ids in index.object_ids(model):
        for pks in _batches(ids):
            existing = model.get_indexed_objects().filter(pk__in=pks).values_list("pk", flat=True)
            yield from sorted(set(pks) - set(map(str, existing)))


def chunks(objects: QuerySet[Any]) -> Iterator[list[Any]]:
    """All `objects` in the order of their keys, some at a time."""
    objects = objects.order_by("pk")
    last = None
    while objs := list(objects[:BATCH] if last is None else objects.filter(pk__gt=last)[:BATCH]):
        yield objs
        last = objs[-1].pk


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    """`values` in lists of at most `BATCH`."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
