"""`modelsearch`'s table of entries in a database, as one search reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import connections, models, router
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks

from search.backends.among import among
from search.backends.expressions import Expression
from search.backends.matching import not_most

#: If so many entries are matched by what is looked for, some of them count.
SOME = 1000
#: So many times as many entries are looked at first as are to count.
MORE = 4


class EntryTable:
    """The entries of `model` and its children.

    :param within: those of objects in it decide what is enough; all if it is None.
    """

    def __init__(
        self, model: type[models.Model], within: models.QuerySet[Any] | None = None
    ) -> None:
        entry: type[models.Model] = get_app_config().get_model("IndexEntry")
        self.model = model
        self.within = within
        self.connection = connections[router.db_for_read(entry)]
        self.entries = entry._meta.db_table

    @cached_property
    def content_types(self) -> list[int]:
        return list(get_descendants_content_types_pks(self.model))

    def to_pk(self, object_id: str) -> Any:
        """The primary key that an entry holds as text."""
        return self.model._meta.pk.to_python(object_id)

    def counted(self, object_ids: Iterable[str]) -> set[str]:
        """Those of `object_ids` that decide what is enough."""
        if self.within is None:
            return set(object_ids)
        pks = {self.to_pk(object_id): object_id for object_id in object_ids}
        inside = self.within.filter(among("pk", pks)).order_by().values_list("pk", flat=True)
        return {pks[pk] for pk in inside}

    def in_most(self, words: Sequence[Expression]) -> set[int]:
        """See `matching.Facts`. Where the numbers of all entries leave a doubt, those that count
        are counted."""
        numbers, total = self.numbers(words)
        counting = total if self.within is None else self.within.order_by().count()
        most = not_most(counting, len(words))
        others = max(total - counting, 0)
        return {
            place
            for place, (each, number) in enumerate(zip(words, numbers, strict=True))
            if number > most and (number - others > most or self.number_counted(each) > most)
        }

    def numbers(self, expressions: Sequence[Expression]) -> tuple[list[int], int]:
        """How many entries match each of `expressions`, and how many there are."""
        raise NotImplementedError

    def number_counted(self, expression: Expression) -> int:
        """How many of the entries that `expression` matches decide what is enough."""
        raise NotImplementedError

    def run(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
