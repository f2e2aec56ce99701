"""The index of each engine: built by our backend or by the stock one, emptied, weighed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from modelsearch.backends import get_search_backend
from modelsearch.backends.elasticsearch9 import (
    Elasticsearch9Mapping,
    Elasticsearch9SearchBackend,
)
from modelsearch.conf import get_app_config
from modelsearch.index import get_indexed_models

OURS, STOCK = "default", "stock"
#: Seconds that an index may take to be merged.
PATIENCE = 600


class StockMapping(Elasticsearch9Mapping):
    """The stock documents, with names in several languages as lists, as dicts are refused."""

    def get_document(self, obj: Any) -> dict[str, Any]:
        document: dict[str, Any] = as_lists(super().get_document(obj))
        return document


def as_lists(value: Any) -> Any:
    if isinstance(value, list):
        return [as_lists(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: list(each.values()) if isinstance(each, dict) and key == "names" else as_lists(each)
        for key, each in value.items()
    }


class StockElasticsearch(Elasticsearch9SearchBackend):
    """The stock backend, but for its analysers of parts of words: the distribution that tests and
    benchmarks run on has none of their filters. So it has less to do than it would have."""

    mapping_class = StockMapping
    settings = {
        "settings": {
            "analysis": {
                "analyzer": {
                    "ngram_analyzer": {"type": "standard"},
                    "edgengram_analyzer": {"type": "standard"},
                }
            },
            "mapping": {"total_fields": {"limit": 5000}},
        }
    }


def add_stock(engine: str) -> None:
    """Put the stock backend of `engine` beside ours, which the settings name."""
    ours = settings.WAGTAILSEARCH_BACKENDS[OURS]
    if engine not in ours["BACKEND"]:
        raise SystemExit(f"{engine} is not what the settings search by: {ours['BACKEND']}")
    stock = {"BACKEND": "modelsearch.backends.database"}
    if engine == "elasticsearch":
        backend = f"{__name__}.{StockElasticsearch.__name__}"
        stock = {"BACKEND": backend, "URLS": ours["URLS"], "INDEX_PREFIX": "stock_"}
    settings.WAGTAILSEARCH_BACKENDS[STOCK] = {**stock, "AUTO_UPDATE": False}


def build(name: str) -> None:
    """Index everything by the backend with `name`."""
    call_command("update_index", backend_name=name, verbosity=0)


def objects() -> int:
    """How many objects `build` indexes: pages of all kinds, pictures."""
    return sum(model.get_indexed_objects().count() for model in get_indexed_models())


def size(engine: str, name: str = OURS) -> int:
    """The bytes that the index takes: in a database, of both backends alike."""
    if engine == "elasticsearch":
        return elasticsearch_size(get_search_backend(name))
    with connection.cursor() as cursor:
        if engine == "postgres":
            cursor.execute("SELECT pg_total_relation_size(%s)", [entries()])
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name GLOB %s", [f"*{entries()}*"])
        return int(cursor.fetchone()[0])


def elasticsearch_size(backend: Any) -> int:
    """Once all is merged: before, what has been merged is there twice."""
    indices = f"{backend.index_prefix}*"
    patient = backend.es.options(request_timeout=PATIENCE)
    patient.indices.forcemerge(index=indices, max_num_segments=1, flush=True)
    found = backend.es.indices.stats(index=indices, metric="store")
    return int(found["_all"]["primaries"]["store"]["size_in_bytes"])


def empty(engine: str) -> None:
    """Leave nothing of what the stock backend has built."""
    if engine == "elasticsearch":
        backend = get_search_backend(STOCK)
        names = list(backend.es.indices.get(index="stock_*"))
        backend.es.indices.delete(index=names)
        return
    table = connection.ops.quote_name(entries())
    with connection.cursor() as cursor:
        if engine == "postgres":
            cursor.execute(f"TRUNCATE {table} CASCADE")
        else:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
            full_text = connection.ops.quote_name(f"{entries()}_fts")
            cursor.execute(f"INSERT INTO {full_text}({full_text}) VALUES ('optimize')")  # noqa: S608


def entries() -> str:
    return str(get_app_config().get_model("IndexEntry")._meta.db_table)
