"""The search backend for SQLite: `WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.
backends.sqlite"}}`, then `manage.py update_index`.

A thin subclass of `modelsearch`'s own over the same tables. How it searches: `search.backends.
database` and `.fts5`. The rebuild commits in short batches, so that editors can save meanwhile.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchRebuilder,
)

from search import index_state
from search.backends import database
from search.backends.entries import Entries
from search.backends.fts5 import Table
from search.backends.texts import tokens_of


class Index(Entries, SQLiteIndex):
    """Writes entries; the tables and their triggers are those of `modelsearch`."""

    def entry(self, obj: models.Model, content_type: int) -> Any:
        tokens = tokens_of(obj)
        return IndexEntry(
            content_type_id=content_type,
            object_id=str(obj.pk),
            title=" ".join(tokens.title),
            body=" ".join(tokens.body),
            autocomplete=" ".join((*tokens.typed, *tokens.sounds)),
        )

    def texts(self, obj: models.Model) -> tuple[str, ...]:
        made = self.entry(obj, 0)
        return (made.title, made.body, made.autocomplete)


class Rebuilder(SQLiteSearchRebuilder):
    """Brings the whole index up to date while it is in use."""

    def finish(self) -> None:
        """Ranking needs no figures that are worked out afterwards."""
        self.index.complete()
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
    # The index undoes what fails by itself.
    catch_indexing_errors = True


SearchBackend = ChineseSQLiteSearchBackend
