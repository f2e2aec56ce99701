"""What an index has of a model, compared with what the database has, and put right; piece by piece,
so that it takes little memory, and while people go on editing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol, runtime_checkable

from django.db.models import Model, QuerySet
from modelsearch.index import get_indexed_models

from search.backends.related import fetch_related, related_at_once
from search.batches import batches

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
    for pks in batches([*found.missing, *found.outdated, *found.surplus], BATCH):
        write_as_now(index, model, pks)


def write_as_now(index: Checked, model: Any, pks: Iterable[Any]) -> None:
    """Bring what `index` has of these keys of `model` in line with the database; and once more
    what has changed since it was read: whoever saves between our reading and our writing writes
    before us, and we put back what was."""
    wanted = list(map(str, pks))
    for _attempt in range(ATTEMPTS):
        before = rows(model, wanted)
        objs = list(model.get_indexed_objects().filter(pk__in=wanted))
        present = {str(obj.pk) for obj in objs}
        index.write(model, objs, [pk for pk in wanted if pk not in present])
        after = rows(model, wanted)
        wanted = [pk for pk in wanted if before.get(pk) != after.get(pk)]
        if not wanted:
            break


def rows(model: Any, pks: Sequence[str]) -> dict[str, Any]:
    """By key, what the database holds of these objects: their rows, and what they refer to by the
    many-to-many fields that are indexed. As it is stored, since reading it takes longer."""
    found: dict[str, Any] = defaultdict(list)
    columns = [field.attname for field in model._meta.concrete_fields]
    of_objects = model.get_indexed_objects().filter(pk__in=pks)
    to_key = model._meta.pk.to_python
    for row in _stored(of_objects.order_by(), "pk", *columns):
        found[str(to_key(row[0]))].append(row)
    for relation in related_at_once(model):
        source = relation.m2m_field_name()
        through: Any = relation.remote_field.through
        links = through._base_manager.filter(**{f"{source}__in": pks})
        for row in _stored(links.order_by("pk"), source, relation.m2m_reverse_field_name()):
            found[str(to_key(row[0]))].append((relation.name, *row))
    return found


def _stored(queryset: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    compiler = queryset.values_list(*columns).query.get_compiler(queryset.db)
    return chain.from_iterable(compiler.execute_sql())


def missing(index: Checked, model: Any) -> Iterator[Any]:
    """The objects of `model` that `index` has nothing of."""
    objects = model.get_indexed_objects()
    keys = objects.order_by("pk").values_list("pk", flat=True).iterator(BATCH)
    for pks in batches(keys, BATCH):
        known = index.known(model, list(map(str, pks)))
        absent = [pk for pk in pks if str(pk) not in known]
        if absent:
            yield from objects.filter(pk__in=absent)


def surplus(index: Checked, model: Any) -> Iterator[str]:
    """The ids that `index` has of objects of `model` that are not to be found."""
    for ids in index.object_ids(model):
        for pks in batches(ids, BATCH):
            existing = model.get_indexed_objects().filter(pk__in=pks).values_list("pk", flat=True)
            yield from sorted(set(pks) - set(map(str, existing)))


def chunks(objects: QuerySet[Any]) -> Iterator[list[Any]]:
    """All `objects` in the order of their keys, some at a time."""
    objects = objects.order_by("pk")
    last = None
    while objs := list(objects[:BATCH] if last is None else objects.filter(pk__gt=last)[:BATCH]):
        yield objs
        last = objs[-1].pk
