"""What is found, as if it were a queryset; from another backend where Elasticsearch is away."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field, Model, QuerySet
from django.db.models.fields.related import RelatedField
from modelsearch.backends.base import BaseSearchResults
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchResults

from search.backends.elasticsearch import clauses
from search.backends.elasticsearch.clauses import Clause
from search.backends.elasticsearch.compiler import QueryCompiler
from search.backends.tally import Facet
from search.outage import EngineDown, Refused

logger = logging.getLogger(__name__)

#: As many of the best are asked for with the count: what a first page shows, and more.
HEAD = 20
#: Objects that are fetched at once where there is no end.
PAGE = 1000
#: Elasticsearch gives no more than this from the start ("index.max_result_window").
WINDOW = 10_000
#: As many values as a facet may have.
BUCKETS = 10_000

Hit = dict[str, Any]
T = TypeVar("T")


class Results(Elasticsearch9SearchResults):
    """The objects found, each once, in the order of the search, or of the queryset."""

    query_compiler: QueryCompiler

    def _do_search(self) -> list[Model]:
        return self._answer(
            lambda: [obj for hits in self._pages() for obj in self._objects(hits)], list
        )

    def _do_count(self) -> int:
        return self._answer(self._count, lambda results: int(results.count()))

    def facet(self, field_name: str) -> Facet:
        """How many of all that is found have each value of a filterable field, most first."""
        return self.facets({field_name: (field_name, self.query_compiler.queryset)})[field_name]

    def facets(self, wanted: Mapping[str, tuple[str, QuerySet[Any]]]) -> dict[str, Facet]:
        """Facets of the same search by any name: each of a field, and over a queryset of its own
        (the one that is searched, narrowed)."""
        facet_field = self.query_compiler.facet_field
        fields = {name: facet_field(field) for name, (field, _queryset) in wanted.items()}
        return self._answer(
            lambda: self._facets(wanted, fields), lambda results: _facets_of(results, wanted)
        )

    def _answer(self, engine: Callable[[], T], other: Callable[[Any], T]) -> T:
        """What `engine` gives. If that is away or refuses, what `other` makes of the fallback's
        results, now and for all that comes of this search."""
        compiler = self.query_compiler
        if compiler.elsewhere is None:
            try:
                return engine()
            except EngineDown:
                pass  # its line has logged that
            except Refused:
                logger.exception("Elasticsearch refuses a query.")
            compiler.elsewhere = self.backend.search_elsewhere(compiler)
        results: BaseSearchResults = compiler.elsewhere
        if self._score_field and results.query_compiler:
            results = results.annotate_score(self._score_field)
        return other(results[self.start : self.stop])

    def _settled(self) -> QueryCompiler:
        """The search, once it is settled what matches."""
        compiler = self.query_compiler
        while asked := compiler.open_questions():
            compiler.learn(self.backend.ask(compiler.queryset.model, *asked))
        return compiler

    def _ask(self, **search: Any) -> dict[str, Any]:
        model = self.query_compiler.queryset.model
        (answer,) = self.backend.ask(model, {"_source": False, **search})
        return answer

    def _find(self, **search: Any) -> list[Hit]:
        """The hits that `search` asks for; where it counts all, the count is kept."""
        compiler = self._settled()
        answer = self._ask(query=compiler.get_query(), **self._order(), **search)
        return self._hits(answer)

    def _order(self) -> dict[str, Any]:
        return {"sort": self.query_compiler.get_sort(), "track_scores": bool(self._score_field)}

    def _hits(self, answer: dict[str, Any]) -> list[Hit]:
        found = answer["hits"]
        if "total" in found:
            self.query_compiler.total = found["total"]["value"]
            self.query_compiler.head = found["hits"]
        hits: list[Hit] = found["hits"]
        return hits

    def _count(self) -> int:
        compiler = self.query_compiler
        if compiler.total is None:
            self._find(size=HEAD, track_total_hits=True)
        stop = compiler.total if self.stop is None else min(self.stop, compiler.total)
        return max(stop - self.start, 0)

    def _pages(self) -> Iterator[list[Hit]]:
        """The hits of this slice, some at a time."""
        compiler, start, stop = self.query_compiler, self.start, self.stop
        known = len(compiler.head)
        if compiler.total is not None and (known == compiler.total or (stop or WINDOW) <= known):
            yield compiler.head[start:stop]
        elif stop is not None and stop <= WINDOW:
            for first in range(start, stop, PAGE):
                window = {"from": first, "size": min(PAGE, stop - first)}
                yield self._find(track_total_hits=False, **window)
        else:
            yield from self._walk(start, stop)

    def _walk(self, start: int, stop: int | None) -> Iterator[list[Hit]]:
        """The hits from `start` on, however deep, each request beginning after the last hit."""
        after: dict[str, Any] = {}
        at = 0
        while stop is None or at < stop:
            size = WINDOW if at + WINDOW <= start else PAGE
            hits = self._find(track_total_hits=False, size=size, **after)
            if wanted := hits[max(start - at, 0) : None if stop is None else stop - at]:
                yield wanted
            if len(hits) < size:
                return
            at += size
            after = {"search_after": hits[-1]["sort"]}

    def _objects(self, hits: list[Hit]) -> Iterator[Model]:
        """The objects as the queryset gives them; one that it does not have is left out."""
        pks = [hit["_id"] for hit in hits]
        found = self.query_compiler.queryset.filter(pk__in=pks).order_by() if pks else ()
        by_pk = {str(obj.pk): obj for obj in found}
        for hit in hits:
            if obj := by_pk.get(hit["_id"]):
                if self._score_field:
                    setattr(obj, self._score_field, hit["_score"])
                yield obj

    def _facets(
        self, wanted: Mapping[str, tuple[str, QuerySet[Any]]], fields: Mapping[str, Any]
    ) -> dict[str, Facet]:
        """All facets in one request; what a first page shows comes with them. What is filtered
        alike for all of it is so only once."""
        compiler = self._settled()
        column = compiler.mapping.get_field_column_name
        querysets = {str(id(queryset)): queryset for _field, queryset in wanted.values()}
        filters = {group: compiler.over(each).get_filters() for group, each in querysets.items()}
        own = compiler.get_filters()
        shared = [each for each in own if all(each in others for others in filters.values())]
        counted: dict[str, Any] = {
            group: {"filter": clauses.all_of(_without(shared, others)), "aggs": {}}
            for group, others in filters.items()
        }
        for name, (_field, queryset) in wanted.items():
            counted[str(id(queryset))]["aggs"] |= _counts(name, column(fields[name]))
        answer = self._ask(aggs=counted, **self._head_unless_known(shared, own))
        if compiler.total is None:
            self._hits(answer)
        groups = answer["aggregations"]
        return {
            name: _facet(groups[str(id(queryset))], name, fields[name], queryset.model)
            for name, (_field, queryset) in wanted.items()
        }

    def _head_unless_known(self, shared: list[Clause], own: list[Clause]) -> dict[str, Any]:
        """The part of a request for facets that says what is counted (all that `shared` lets
        through), and asks for the head (what all of `own` do)."""
        compiler = self.query_compiler
        found = [compiler.matched, *shared]
        if compiler.total is not None:
            return {"query": clauses.all_of(found), "size": 0, "track_total_hits": False}
        return {
            "query": compiler.scored(found),
            "post_filter": clauses.all_of(_without(shared, own)),
            "size": HEAD,
            "track_total_hits": True,
            **self._order(),
        }


def _without(shared: list[Clause], filters: list[Clause]) -> list[Clause]:
    return [each for each in filters if each not in shared]


def _counts(name: str, column: str) -> dict[str, Any]:
    return {
        f"{name} values": {"terms": {"field": column, "size": BUCKETS}},
        f"{name} none": {"missing": {"field": column}},
    }


def _facet(answer: dict[str, Any], name: str, field: Any, model: type[Model]) -> Facet:
    value = _reader(field, model)
    buckets = answer[f"{name} values"]["buckets"]
    counts = [(value(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
    if nothing := answer[f"{name} none"]["doc_count"]:
        counts.append((None, nothing))
    return OrderedDict(sorted(counts, key=lambda pair: pair[1], reverse=True))


def _reader(field: Any, model: type[Model]) -> Callable[[Any], Any]:
    """What makes of the key of a bucket the value that the database gives."""
    try:
        column: Any = field.get_field(model)
    except FieldDoesNotExist:
        return _as_it_is
    while isinstance(column, RelatedField):
        column = column.target_field
    if isinstance(column, DateTimeField):
        return _moment
    if isinstance(column, DateField):
        return lambda key: _moment(key).date()
    return column.to_python if isinstance(column, Field) else _as_it_is


def _as_it_is(key: Any) -> Any:
    return key


def _moment(key: int) -> datetime:
    return datetime.fromtimestamp(key / 1000, UTC)


def _facets_of(results: Any, wanted: Mapping[str, tuple[str, QuerySet[Any]]]) -> dict[str, Facet]:
    """The facets from another backend, as well as it can tell."""
    if hasattr(results, "facets"):
        return dict(results.facets(wanted))
    return {
        name: results.facet(field) if results.supports_facet else OrderedDict()
        for name, (field, _queryset) in wanted.items()
    }
