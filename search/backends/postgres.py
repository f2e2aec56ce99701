"""The search backend for PostgreSQL: `WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.
backends.postgres"}}`, then `manage.py update_index`.

A thin subclass of `modelsearch`'s own over the same table. How it searches: `search.backends.
database` and `.tsvector`. No extension is needed, and any locale of the database will do: no text
goes through PostgreSQL's own parser. The rebuild commits in short batches, so that editors can
save meanwhile.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchRebuilder,
)

from search import index_state
from search.backends import database
from search.backends.entries import TEXTS, Entries
from search.backends.texts import tokens_of
from search.backends.tstext import vectors
from search.backends.tsvector import Table

SORT_IN = """
    SELECT gin_clean_pending_list(pg_class.oid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE indrelid = %s::regclass AND amname = 'gin' AND pg_has_role(relowner, 'USAGE')
"""
AS_GIVEN = "SELECT %s::tsvector::text, %s::tsvector::text, %s::tsvector::text"


class Index(Entries, PostgresIndex):
    """Writes entries; the table is that of `modelsearch`. Its `title_text` and `body_text`, which
    hold texts for an extension of PostgreSQL, stay empty."""

    columns = (*TEXTS, "title_norm")

    def entry(self, obj: models.Model, content_type: int) -> Any:
        tokens = tokens_of(obj)
        title, body, autocomplete = vectors(tokens)
        return IndexEntry(
            content_type_id=content_type,
            object_id=str(obj.pk),
            title=title,
            body=body,
            autocomplete=autocomplete,
            title_norm=len(tokens.title) + len(tokens.body),
        )

    def texts(self, obj: models.Model) -> tuple[str, ...]:
        made = self.entry(obj, 0)
        with self.read_connection.cursor() as cursor:
            cursor.execute(AS_GIVEN, [made.title, made.body, made.autocomplete])
            return tuple(cursor.fetchone())


class Rebuilder(PostgresSearchRebuilder):
    """Brings the whole index up to date while it is in use."""

    def finish(self) -> None:
        """Leave nothing to the next search: neither entries that wait to be sorted in, nor old
        figures for the planner. Whose tables they are not, cannot and need not.

        https://www.postgresql.org/docs/15/gin-implementation.html#GIN-FAST-UPDATE
        """
        self.index.complete()
        table = IndexEntry._meta.db_table
        with self.index.write_connection.cursor() as cursor:
            cursor.execute(SORT_IN, [table])
            cursor.execute(f"ANALYZE {table}")
        index_state.built(self.index)


class QueryCompiler(database.QueryCompiler):
    table_class = Table


class AutocompleteQueryCompiler(database.AutocompleteQueryCompiler):
    table_class = Table


class ChinesePostgresSearchBackend(database.TitleWeightMixin, PostgresSearchBackend):
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = database.Results
    rebuilder_class = Rebuilder
    atomic_rebuilder_class = Rebuilder
    # The index undoes what fails by itself.
    catch_indexing_errors = True


SearchBackend = ChinesePostgresSearchBackend
