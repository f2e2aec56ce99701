"""`modelsearch`'s table of entries in a database, as one search reads it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connections, models, router
from modelsearch.conf import get_app_config
from modelsearch.utils import get_descendants_content_types_pks


class EntryTable:
    """The entries of `model` and its children."""

    def __init__(self, model: type[models.Model]) -> None:
        entry: type[models.Model] = get_app_config().get_model("IndexEntry")
        self.model = model
        self.connection = connections[router.db_for_read(entry)]
        self.entries = entry._meta.db_table

    @cached_property
    def content_types(self) -> list[int]:
        return list(get_descendants_content_types_pks(self.model))

    def to_pk(self, object_id: str) -> Any:
        """The primary key that an entry holds as text."""
        return self.model._meta.pk.to_python(object_id)

    def run(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
