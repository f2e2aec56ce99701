"""The index follows what it holds of related objects, which `modelsearch` leaves as it was.

Where an indexed model has `RelatedFields` or a `FilterField` of a many-to-many field, an object
whose relations change is indexed again: `post_save` comes before such rows are written, so what
is published with other topics would keep the old ones in the index. Where a related object is
renamed, those that refer to it are indexed anew in the background, by `catch_up`; where a page is
moved, those below it and those that made room for it, for their paths are others.

Deleting what is referred to is not followed, nor what is done past Django's signals (`update`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import ForeignKey, ManyToManyField, Model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.utils.timezone import now
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import BaseField, FilterField, RelatedFields, get_indexed_models
from modelsearch.tasks import insert_or_update_object_task

from search.backends.texts import as_text
from search.batches import write_each
from search.models import Renamed

#: So many objects are indexed in one go, and so many at one tick of the clock.
BATCH = 100
AT_A_TICK = 1000


class Link(NamedTuple):
    """`field` of the indexed `model`, and what the index holds of those that it refers to."""

    model: type[Model]
    field: ForeignKey[Any, Any] | ManyToManyField[Any, Any]
    shown: tuple[BaseField, ...]


#: The links to each related model.
_links: dict[type[Model], list[Link]] = defaultdict(list)


def connect() -> None:
    """Follow what all indexed models that are kept up to date hold of related objects."""
    for link in set(links()):
        if isinstance(link.field, ManyToManyField):
            m2m_changed.connect(follow_relations, sender=link.field.remote_field.through)
        if link.shown:
            related: Any = link.field.related_model
            _links[related].append(link)
            pre_save.connect(notice_change, sender=related)
            post_save.connect(follow_change, sender=related)
    if apps.is_installed("wagtail"):
        from wagtail.signals import post_page_move

        post_page_move.connect(follow_move)


def links() -> Iterator[Link]:
    """By the model that defines the field: those below it share its rows and its links."""
    for model in get_indexed_models():
        if getattr(model, "search_auto_update", True):
            for each in model.get_search_fields():
                if isinstance(each, RelatedFields | FilterField) and (link := _link(model, each)):
                    yield link


def _link(model: type[Model], each: RelatedFields | FilterField) -> Link | None:
    try:
        field = each.get_field(model)
    except FieldDoesNotExist:
        return None
    related = isinstance(each, RelatedFields)
    if not isinstance(field, ManyToManyField) and not (related and isinstance(field, ForeignKey)):
        return None
    shown = [f for f in each.fields if isinstance(f, BaseField)] if related else []
    return Link(field.model, field, tuple(shown))


def follow_relations(
    sender: type[Model],
    instance: Any,
    action: str,
    reverse: bool,
    model: type[Model],
    pk_set: Any,
    **kwargs: Any,
) -> None:
    """Index again what has gained or lost rows of a many-to-many field."""
    if action == "pre_clear" and reverse:
        vars(instance)["_cleared"] = _referring(model, sender, instance)
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    pks = pk_set or vars(instance).pop("_cleared", ())
    changed = [(model, pk) for pk in pks] if reverse else [(type(instance), instance.pk)]
    for of, pk in changed:
        meta = of._meta
        insert_or_update_object_task.enqueue(meta.app_label, meta.model_name, str(pk))


def _referring(model: type[Model], through: type[Model], instance: Any) -> list[Any]:
    """The keys of all of `model` that refer to `instance` by rows of `through`: when these are
    cleared from the side of `instance`, no signal says which they were."""
    fields = model._meta.many_to_many
    field = next(each for each in fields if each.remote_field.through is through)
    of_instance = model._default_manager.filter(**{field.name: instance})
    return list(of_instance.values_list("pk", flat=True))


def notice_change(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Keep in mind by which links others show what is about to change."""
    before = None if raw else sender._default_manager.filter(pk=instance.pk).first()
    vars(instance)["_changed_links"] = [
        link
        for link in _links[sender]
        if before is not None and _shown(before, link) != _shown(instance, link)
    ]


def follow_change(instance: Any, **kwargs: Any) -> None:
    for link in vars(instance).pop("_changed_links", []):
        index_later(link.model, link.field.name, instance.pk)


def follow_move(instance: Any, **kwargs: Any) -> None:
    """Index again later whatever has another path since the page `instance` was moved: itself and
    the siblings after it, with all below them."""
    siblings = instance.get_siblings().filter(path__gte=instance.path)
    for path in siblings.values_list("path", flat=True):
        index_later(siblings.model, "path__startswith", path)


def index_later(model: type[Model], field: str, value: Any) -> None:
    """Let `catch_up` index the objects of `model` anew that have this value."""
    Renamed.objects.update_or_create(
        model=model._meta.label,
        field=field,
        value=str(value),
        defaults={"done_to": "", "since": now()},
    )


def _shown(instance: Model, link: Link) -> list[str]:
    return [as_text(field.get_value(instance)) for field in link.shown]


def catch_up(limit: int = AT_A_TICK) -> int:
    """Index anew what refers to what was renamed, `limit` objects at most. How many were."""
    done = 0
    for renamed in Renamed.objects.order_by("pk"):
        while done < limit and (pks := _next(renamed, min(BATCH, limit - done))):
            reindex(apps.get_model(renamed.model), pks)
            done += len(pks)
            renamed.done_to = str(pks[-1])
            _as_it_was(renamed).update(done_to=renamed.done_to)
        if done < limit:
            _as_it_was(renamed).delete()
    return done


def _next(renamed: Renamed, most: int) -> list[Any]:
    """The keys of those that come next; none where the model, or the field, is gone since."""
    try:
        objects = apps.get_model(renamed.model)._default_manager.filter(
            **{renamed.field: renamed.value}
        )
    except (LookupError, FieldError):
        return []
    if renamed.done_to:
        objects = objects.filter(pk__gt=renamed.done_to)
    return list(objects.order_by("pk").values_list("pk", flat=True)[:most])


def _as_it_was(renamed: Renamed) -> Any:
    """The row, unless it was renamed once more meanwhile."""
    return Renamed.objects.filter(pk=renamed.pk, since=renamed.since)


def reindex(model: type[Model], pks: Collection[Any]) -> None:
    """Index the objects of `model`, or of those below it, with these keys, as they are now."""
    for each in get_indexed_models():
        if issubclass(each, model) and (
            objects := list(each.get_indexed_objects().filter(pk__in=pks))
        ):
            for _name, backend in get_search_backends_with_name(with_auto_update=True):
                write_each(partial(backend.add_bulk, each), objects)
