"""Looks through the texts in the database for what stands in them as it is written (LIKE): where a
search engine is away, and the settings name no other backend. It needs no index.

A thin subclass of `modelsearch`'s own, which refuses some of what the other backends take: here no
query and no filter is an error, for nobody is there to mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from search.backends.many import FiltersManyToMany
from search.backends.tally import Facet, Tally
from search.syntax import clean

NOTHING = Q(pk__in=())
EVERYTHING = ~NOTHING


class QueryCompiler(FiltersManyToMany, DatabaseSearchQueryCompiler):
    def get_fields_names(self) -> list[str]:
        """The columns to look in. What refers to other objects has no text of its own."""
        meta = self.queryset.model._meta
        return [name for name in super().get_fields_names() if not meta.get_field(name).is_relation]

    def build_database_filter(self, query: SearchQuery, boost: float = 1.0) -> Q:
        """What `query` finds. Nothing is ranked, so boosts are left aside."""
        if isinstance(query, Boost):
            return self.build_database_filter(query.subquery)
        if isinstance(query, Not):
            return ~self.build_database_filter(query.subquery)
        if isinstance(query, And):
            return all_of(map(self.build_database_filter, query.subqueries))
        if isinstance(query, Or):
            return any_of(map(self.build_database_filter, query.subqueries))
        if isinstance(query, Phrase):
            return self._somewhere(clean(query.query_string))
        if isinstance(query, PlainText | Fuzzy):
            words = [self._somewhere(word) for word in clean(query.query_string).split()]
            return all_of(words) if words and query.operator == "and" else any_of(words)
        return EVERYTHING if isinstance(query, MatchAll) else NOTHING

    def _somewhere(self, text: str) -> Q:
        """What has `text` in any of the columns."""
        if not text:
            return NOTHING
        return any_of(Q(**{f"{name}__icontains": text}) for name in self.fields_names)


class Results(DatabaseSearchResults):
    query_compiler: QueryCompiler

    def facet(self, field_name: str) -> Facet:
        """How many of all that is found have each value of a filterable field, most first."""
        return self.facets({field_name: (field_name, self.query_compiler.queryset)})[field_name]

    def facets(self, wanted: Mapping[str, tuple[str, QuerySet[Any]]]) -> dict[str, Facet]:
        """Facets of the same search by any name: each of a field, and over a queryset of its own
        (the one that is searched, narrowed)."""
        matches = self.query_compiler.build_database_filter(self.query_compiler.query)
        return {
            name: Tally(queryset.filter(matches), {field}, None).count(field)
            for name, (field, queryset) in wanted.items()
        }


class LastResortSearchBackend(DatabaseSearchBackend):
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = QueryCompiler
    results_class = Results


SearchBackend = LastResortSearchBackend


def all_of(parts: Iterable[Q]) -> Q:
    return reduce(and_, parts, EVERYTHING)


def any_of(parts: Iterable[Q]) -> Q:
    return reduce(or_, parts, NOTHING)
