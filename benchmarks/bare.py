"""The bare query of each engine, to compare the whole search with: any of the words and pairs of
characters of a query may match, the best ten by the engine's own score, over the same index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from modelsearch.conf import get_app_config

from search import analysis
from search.analysis import Term
from search.backends.expressions import AnyOf

BEST = 10

#: Takes a query, and gives what asks the engine for it.
Bare = Callable[[str], Callable[[], Any]]


def bare_query(engine: str) -> Bare:
    """How `engine` is asked; where nothing of a query is left to look up, not at all."""
    bare = {"sqlite": sqlite, "postgres": postgres, "elasticsearch": elasticsearch}[engine]
    return lambda text: bare(text) if terms_of(text) else list


def terms_of(text: str) -> tuple[Term, ...]:
    found = analysis.query_terms(text)
    return tuple(dict.fromkeys((*(word.readings[0] for word in found.words), *found.pairs)))


def sqlite(text: str) -> Callable[[], Any]:
    from search.backends.fts5 import written

    table = f"{entries()}_fts"
    return run(
        f"SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY bm25({table}) LIMIT {BEST}",  # noqa: S608
        [f"{{body title}} : {written(AnyOf(terms_of(text)))}"],
    )


def postgres(text: str) -> Callable[[], Any]:
    from search.backends.tstext import written

    query = written(AnyOf(terms_of(text)))
    return run(
        f"SELECT id FROM {entries()} WHERE body @@ %s::tsquery "  # noqa: S608
        f"ORDER BY ts_rank(body, %s::tsquery, 1) DESC LIMIT {BEST}",
        [query, query],
    )


def elasticsearch(text: str) -> Callable[[], Any]:
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    from search.backends.elasticsearch.documents import mapping_of
    from stories.models import ContentPage

    backend = get_search_backend()
    index = backend.get_index_for_model(Page).name
    column = mapping_of(ContentPage).get_field_column_name
    fields = {field.field_name: field for field in ContentPage.get_searchable_search_fields()}
    query = {
        "multi_match": {
            "query": " ".join(token for term in terms_of(text) for token in term.tokens),
            "type": "best_fields",
            "fields": [column(fields[name]) for name in ("title", "body")],
        }
    }
    return lambda: backend.es.search(index=index, query=query, size=BEST)


def entries() -> str:
    return str(get_app_config().get_model("IndexEntry")._meta.db_table)


def run(sql: str, params: list[Any]) -> Callable[[], Any]:
    def ask() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    return ask
