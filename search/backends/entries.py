"""An index in a database's table of entries: written in short batches, and compared with the
objects (see `search.index_checking`)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from modelsearch.index import get_indexed_models
from modelsearch.utils import get_content_type_pk

from search import index_checking
from search.backends.related import fetch_related
from search.backends.stale import delete_stale_entries
from search.batches import batches

#: Objects written in one transaction: some 100 ms, which an editor who saves does not notice.
BATCH = 250
#: Ids that are read at once.
PAGE = 5000
#: The texts of an entry.
TEXTS = ("title", "body", "autocomplete")


class Entries:
    """Mixin of indexes over `modelsearch`'s table of entries, `entries`."""

    entries: Any
    #: Of the class beside this one.
    get_key: Any
    refresh: Any
    write_connection: Any
    #: Columns that follow the object.
    columns: Sequence[str] = TEXTS
    #: Whether more than single objects were written.
    filled = False

    def entry(self, obj: Any, content_type: int) -> Any:
        """What the index holds for `obj`, not saved."""
        raise NotImplementedError

    def add_item(self, obj: Any) -> None:
        """Insert or update the entry of `obj`. What fails here undoes nothing of what is saved
        with it, and the clock tries it again."""
        try:
            with transaction.atomic(using=self.write_connection.alias):
                self.write(type(obj), [obj], ())
        except Exception:
            index_again(obj)
            raise

    def delete_item(self, obj: Any) -> None:
        """(An entry that stays shows nothing: its object is gone.)"""
        with transaction.atomic(using=self.write_connection.alias):
            super().delete_item(obj)  # type: ignore[misc]

    def add_items(self, model: type[Model], objs: Sequence[Model]) -> None:
        """Insert or update the entries of `objs`, a batch at a time, as they are by then."""
        self.filled = True
        for pks in batches([obj.pk for obj in objs], BATCH):
            index_checking.write_as_now(self, model, pks)

    def complete(self) -> None:
        """Bring in what a rebuild did not come by. It reads objects by their place in a list, so
        that one that is deleted meanwhile lets it skip another."""
        if self.filled:
            for model in get_indexed_models():
                self.add_items(model, list(index_checking.missing(self, model)))

    def delete_stale_entries(self) -> None:
        """Delete the entries of objects that are gone, a batch at a time."""
        delete_stale_entries(self.entries, BATCH)

    def texts(self, obj: Any) -> Sequence[str]:
        """What the entry of `obj` is to hold, in the order of `TEXTS`, as the table gives it."""
        raise NotImplementedError

    def known(self, model: type[Model], pks: Sequence[str]) -> set[str]:
        of_model = self._exactly(model).filter(object_id__in=pks)
        return set(of_model.values_list("object_id", flat=True))

    def digest(self, obj: Any) -> str:
        return _digest(self.texts(obj))

    def digests(self, model: type[Model], pks: Sequence[str]) -> dict[str, str]:
        rows = self._exactly(model).filter(object_id__in=pks).values_list("object_id", *TEXTS)
        return {object_id: _digest(texts) for object_id, *texts in rows}

    def object_ids(self, model: type[Model]) -> Iterator[list[str]]:
        entries = self._exactly(model).order_by("pk").values_list("pk", "object_id")
        last = 0
        while page := list(entries.filter(pk__gt=last)[:PAGE]):
            yield [object_id for _pk, object_id in page]
            last = page[-1][0]

    def write(self, model: type[Model], objs: Sequence[Any], gone: Collection[str]) -> None:
        if model.get_search_fields():  # type: ignore[attr-defined]
            for batch in batches(objs, BATCH):
                self._put(model, batch)
        if gone:
            self._exactly(model).filter(object_id__in=list(gone)).delete()

    def _put(self, model: type[Model], objs: Sequence[Any]) -> None:
        """Insert or update the entries of `objs`, in one transaction. All writers take objects in
        the same order, so that none waits for one that waits for it."""
        fetch_related(model, objs)
        content_type = get_content_type_pk(model)
        self.entries.bulk_create(
            [self.entry(obj, content_type) for obj in sorted(objs, key=lambda obj: str(obj.pk))],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=self.columns,
        )

    def _exactly(self, model: type[Model]) -> Any:
        return self.entries.filter(content_type_id=get_content_type_pk(model))


def index_again(obj: Model) -> None:
    """Let the clock index `obj`, where there is one: the app `search` is installed."""
    if apps.is_installed("search"):
        from search.following import index_later

        index_later(type(obj), "pk", obj.pk)


def _digest(texts: Sequence[str]) -> str:
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()
