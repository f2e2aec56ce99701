from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django.db.models import Model
from elasticsearch import Elasticsearch
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchResults, EmptySearchResults
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchBackend

from search import backend_names, pending
from search.backends.elasticsearch import documents, engine
from search.backends.elasticsearch.compiler import AutocompleteQueryCompiler, QueryCompiler
from search.backends.elasticsearch.documents import SIMILARITY, TITLE_WEIGHT
from search.backends.elasticsearch.indexing import Index
from search.backends.elasticsearch.rebuilding import Rebuilder
from search.backends.elasticsearch.results import Results
from search.outage import EngineDown, IndexMissing, Line

#: Needs no index.
LAST_RESORT = "search.backends.last_resort"


def _options(params: Mapping[str, Any]) -> dict[str, Any]:
    """Options of the client: each server is tried once, none twice, and none after a timeout."""
    urls = params.get("HOSTS") or params.get("URLS") or ()
    others = 0 if isinstance(urls, str) else max(len(urls) - 1, 0)
    return {"max_retries": others, "retry_on_timeout": False}


class ChineseElasticsearchBackend(Elasticsearch9SearchBackend):
    """See the package."""

    mapping_class = documents.Mapping
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = Results
    basic_rebuilder_class = Rebuilder
    atomic_rebuilder_class = Rebuilder
    settings = {
        "settings": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "similarity": SIMILARITY,
            "mapping": {"total_fields": {"limit": 5000}, "nested_fields": {"limit": 200}},
        },
        "mappings": {"dynamic": False, "_source": {"enabled": False}},
    }

    def __init__(self, params: dict[str, Any]) -> None:
        params = deepcopy(params)
        self.name = backend_names.name_of(type(self), params)
        self.line = Line(self.name)
        self.fallback = params.pop("FALLBACK", LAST_RESORT)
        self.refresh_at_once = bool(params.pop("REFRESH", False))
        self.title_weight = float(params.pop("TITLE_WEIGHT", TITLE_WEIGHT))
        params["TIMEOUT"] = params.get("TIMEOUT", 3)
        params["OPTIONS"] = _options(params) | params.pop("OPTIONS", {})
        super().__init__(params)

    @staticmethod
    def client_class(**options: Any) -> Elasticsearch:
        """The client that `modelsearch` asks for, of which each process needs only one."""
        return engine.client(Elasticsearch, **options)

    def ask(self, model: type[Model], *searches: dict[str, Any]) -> list[dict[str, Any]]:
        """The answers of the engine to `searches` among the objects of `model`, asked in one
        request. EngineDown if there is none, Refused if it does not take them."""
        index = self.get_index_for_model(model).name
        with self.line.open(), engine.reading_errors():
            return engine.search(self.es, index, searches)

    def missing_indexes(self) -> list[str]:
        """The names of the indexes that the engine lacks, asked whatever is known of it.
        EngineDown if it does not answer for the others."""
        missing = []
        for name in sorted({index.name for index in self.all_indexes()}):
            try:
                with engine.reading_errors():
                    self.es.search(index=name, size=0, terminate_after=1)
            except IndexMissing:
                missing.append(name)
        self.line.restore()
        return missing

    def search(self, query: Any, *args: Any, **options: Any) -> BaseSearchResults:
        return self._asked("search", query, *args, **options)

    def autocomplete(self, query: Any, *args: Any, **options: Any) -> BaseSearchResults:
        return self._asked("autocomplete", query, *args, **options)

    def _asked(self, method: str, *args: Any, **options: Any) -> BaseSearchResults:
        """The results of a search, which know how to ask another backend for the same."""
        results: BaseSearchResults = getattr(super(), method)(*args, **options)
        if results.query_compiler is not None:
            results.query_compiler.asked = lambda other: getattr(other, method)(*args, **options)
        return results

    def search_elsewhere(self, compiler: QueryCompiler) -> BaseSearchResults:
        """The same search where the settings say to go while the engine is away."""
        if compiler.asked is None:
            return EmptySearchResults()
        results: BaseSearchResults = compiler.asked(get_search_backend(self.fallback))
        return results

    def add(self, obj: Model) -> None:
        self._write(type(obj), [obj], super().add, obj)

    def add_bulk(self, model: type[Model], obj_list: Sequence[Model]) -> None:
        self._write(model, obj_list, super().add_bulk, model, obj_list)

    def delete(self, obj: Model) -> None:
        self._write(type(obj), [obj], super().delete, obj)

    def _write(
        self, model: type[Model], objs: Sequence[Model], write: Callable[..., None], *args: Any
    ) -> None:
        """Write a change now, or let it wait until the engine, or its index, is back."""
        try:
            with self.line.open():
                write(*args)
        except EngineDown:
            if not pending.remember(self.name, model, [obj.pk for obj in objs]):
                raise
        else:
            pending.catch_up_on_the_way(self.name)
