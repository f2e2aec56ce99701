"""An index in the database that can be compared with the objects; see `search.index_checking`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Model
from modelsearch.utils import get_content_type_pk

#: Ids that are read at once.
PAGE = 5000
#: The texts of an entry.
TEXTS = ("title", "body", "autocomplete")


class CheckedEntries:
    """Mixin of indexes over `modelsearch`'s table of entries, `entries`."""

    entries: Any

    def texts(self, obj: Any) -> Sequence[str]:
        """What the entry of `obj` is to hold, in the order of `TEXTS`, as the table gives it."""
        raise NotImplementedError

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
        if objs:
            self.add_items(model, objs)  # type: ignore[attr-defined]
        if gone:
            self._exactly(model).filter(object_id__in=list(gone)).delete()

    def _exactly(self, model: type[Model]) -> Any:
        return self.entries.filter(content_type_id=get_content_type_pk(model))


def _digest(texts: Sequence[str]) -> str:
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()
