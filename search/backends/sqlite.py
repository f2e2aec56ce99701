"""The search backend for SQLite: `WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.
backends.sqlite"}}`, then `manage.py update_index`.

A thin subclass of `modelsearch`'s own over the same tables. How it searches: `search.backends.
database` and `.fts5`. The rebuild commits in short batches, so that editors can save meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import models
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchRebuilder,
)
from modelsearch.utils import get_content_type_pk

from search import index_state
from search.backends import database
from search.backends.entries import CheckedEntries
from search.backends.fts5 import Table
from search.backends.related import fetch_related
from search.backends.stale import delete_stale_entries
from search.backends.texts import tokens_of

# Objects written in one transaction: some 50 ms, which an editor who saves does not notice.
BATCH = 250
TEXT_FIELDS = ("title", "autocomplete", "body")


def entry(obj: models.Model, content_type: int) -> Any:
    """What the index holds for `obj`."""
    tokens = tokens_of(obj)
    return IndexEntry(
        content_type_id=content_type,
        object_id=str(obj.pk),
        title=" ".join(tokens.title),
        body=" ".join(tokens.body),
        autocomplete=" ".join((*tokens.typed, *tokens.sounds)),
    )


class Index(CheckedEntries, SQLiteIndex):
    """Writes entries; the tables and their triggers are those of `modelsearch`."""

    def texts(self, obj: models.Model) -> tuple[str, ...]:
        made = entry(obj, 0)
        return (made.title, made.body, made.autocomplete)

    def add_items(self, model: type[models.Model], objs: Sequence[models.Model]) -> None:
        """Insert or update the entries of `objs`, a batch at a time."""
        if not model.get_search_fields():  # type: ignore[attr-defined]
            return
        content_type = get_content_type_pk(model)
        remaining = iter(objs)
        while batch := list(islice(remaining, BATCH)):
            fetch_related(model, batch)
            self.entries.bulk_create(
                [entry(obj, content_type) for obj in batch],
                update_conflicts=True,
                unique_fields=["content_type", "object_id"],
                update_fields=TEXT_FIELDS,
            )

    def delete_stale_entries(self) -> None:
        """Delete the entries of objects that are gone, a batch at a time."""
        delete_stale_entries(self.entries, BATCH)


class Rebuilder(SQLiteSearchRebuilder):
    """Brings the whole index up to date while it is in use."""

    def finish(self) -> None:
        """Ranking needs no figures that are worked out afterwards."""
        index_state.built(self.index)


class QueryCompiler(database.QueryCompiler):
    table_class = Table


class AutocompleteQueryCompiler(database.AutocompleteQueryCompiler):
    table_class = Table


class ChineseSQLiteSearchBackend(database.TitleWeightMixin, SQLiteSearchBackend):
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = database.Results
    rebuilder_class = Rebuilder
    atomic_rebuilder_class = Rebuilder


SearchBackend = ChineseSQLiteSearchBackend
