"""One search in the database's own full-text index, be it SQLite's or PostgreSQL's.

The engine says which entries match and how well (`Table`); the queryset's filters, order and
facets are the database's. Compared with `modelsearch`'s own backends: text reaches the engine
already cut into terms; a plain `str` without `operator` is a `Question`; matching and ranking
happen once for all that is asked of a search; results come once each, also when a filter joins
many-to-many tables.

A search on `fields` knows the title from the rest, but not the rest from each other, and boosts
of single fields are not used: the stock index tables have these two columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from modelsearch.backends.base import (
    BaseSearchQueryCompiler,
    BaseSearchResults,
)

from search.analysis import Heard, Term
from search.backends import matching
from search.backends.among import among
from search.backends.expressions import AnyOf, Expression
from search.backends.many import FiltersManyToMany
from search.backends.questions import AsksQuestions, CompletesWords
from search.backends.tally import Facet, Tally

TITLE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Matched:
    """Entries that match at least `least` of `words` (if any) and `only`, and not `without`."""

    words: tuple[AnyOf, ...] = ()
    least: int = 1
    only: Expression | None = None
    without: Expression | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What entries are ranked by: any of `terms`, and `sounds` of pairs that no entry has;
    between those that fit best, `characters`. Before that, the points for each of `few` words that
    they have; and before all else, whether they have `whole`, in the title first of all."""

    terms: Sequence[Term]
    sounds: Sequence[Heard]
    characters: Sequence[Term]
    few: Mapping[AnyOf, int]
    whole: Expression | None


class Table(matching.Facts, Protocol):
    """The index as one search sees it: entries of a model and its children, in some columns."""

    def words_of(self, place: int, words: Sequence[Expression]) -> int:
        """How many of `words` the entry at `place` has, if those with most come first; 0 where
        there are not so many entries."""

    def matched(self, matched: Matched) -> list[Any]:
        """The primary keys of the objects, in no order."""

    def scored(self, matched: Matched, evidence: Evidence) -> dict[Any, float]:
        """Primary key and score (the higher, the better) of the objects."""


class QueryCompiler(AsksQuestions, FiltersManyToMany, BaseSearchQueryCompiler):
    """One search. Its results share it, so that matching and ranking happen once."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    table_class: type[Any]

    #: How much more a title counts than other text; the backend sets its own.
    title_weight = TITLE_WEIGHT

    @cached_property
    def table(self) -> Table:
        within = self.question.within if self.question else None
        return self.table_class(self.queryset.model, self.columns(), self.title_weight, within)

    def columns(self) -> list[str]:
        """The columns to look in: all text, or what holds the `fields` asked for."""
        if self.fields is None:
            return ["title", "body"]
        return sorted({"title" if name == "title" else "body" for name in self.fields})

    @cached_property
    def selection(self) -> matching.Selection:
        return matching.selection(self.query, self.reading, self.table)

    @property
    def ranked(self) -> bool:
        """Whether anything is asked for; else all is found but what is excluded."""
        return bool(self.selection.words) or not self.selection.rest.negated

    @cached_property
    def matched(self) -> Matched | None:
        """What matches (if not `ranked`, what does not); None for nothing."""
        words, rest = self.selection.words, self.selection.rest
        if not words:
            return Matched(only=rest.expression) if rest.expression else None
        if rest.negated:
            return Matched(words, self.least, without=rest.expression)
        return Matched(words, self.least, only=rest.expression) if rest.expression else None

    @cached_property
    def least(self) -> int:
        """How many words of the question have to be there; see `matching.enough`."""
        words = self.selection.words
        if len(words) < 2:
            return 1
        return max(self.table.words_of(matching.enough(len(words)), words), 1)

    @cached_property
    def scores(self) -> dict[Any, float]:
        """Primary key and score of all that match, whatever the queryset leaves of them."""
        if self.matched is None:
            return {}
        found: dict[Any, float] = {}
        for boost, terms in self.rankings.items():
            evidence = Evidence(terms, self.sounds, self.characters, self.selection.few, self.whole)
            for pk, score in self.table.scored(self.matched, evidence).items():
                found[pk] = found.get(pk, 0.0) + boost * score
        return found

    @property
    def rankings(self) -> Mapping[float, Sequence[Term]]:
        return matching.rankings(self.query, self.reading, self.selection.common)

    @cached_property
    def sounds(self) -> tuple[Heard, ...]:
        """How the question sounds, if not all of its words are found: it may be misspelt."""
        if self.least == len(self.selection.words):
            return ()
        return matching.sounds(self.query)

    @cached_property
    def characters(self) -> tuple[Term, ...]:
        """The single characters of the question, which are looked for in other text than titles:
        in these, the same few come again and again."""
        return matching.characters(self.query) if "body" in self.columns() else ()

    @property
    def whole(self) -> Expression | None:
        return matching.whole(self.query, self.reading)

    @cached_property
    def pks(self) -> list[Any]:
        """What is found, each object once: by score, or as the queryset orders."""
        found = self.found(self.queryset)
        if self.order_by_relevance and self.ranked:
            newest_first = sorted(set(found.order_by().values_list("pk", flat=True)), reverse=True)
            return sorted(newest_first, key=self.scores.__getitem__, reverse=True)
        as_asked = found.query.order_by if self.ranked else found.ordered
        ordered = found if as_asked else found.order_by("-pk")
        return list(dict.fromkeys(ordered.values_list("pk", flat=True)))

    def found(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The objects of `queryset` that are found; if not `ranked`, all but what is excluded."""
        if self.ranked:
            return queryset.filter(among("pk", self.scores))
        if self.matched is None:
            return queryset
        return queryset.exclude(among("pk", self.table.matched(self.matched)))


class AutocompleteQueryCompiler(CompletesWords, QueryCompiler):
    """A search while typing."""

    def columns(self) -> list[str]:
        return ["autocomplete"]


class Results(BaseSearchResults):
    """The objects found, as if they were a queryset. Each comes once, however it is filtered."""

    supports_facet = True
    query_compiler: QueryCompiler

    def _do_search(self) -> list[Model]:
        compiler = self.query_compiler
        pks = compiler.pks[self.start : self.stop]
        objects = compiler.queryset.filter(among("pk", pks)).order_by() if pks else []
        by_pk = {each.pk: each for each in objects}
        found = [by_pk[pk] for pk in pks if pk in by_pk]
        if self._score_field and compiler.ranked:
            for each in found:
                setattr(each, self._score_field, compiler.scores[each.pk])
        return found

    def _do_count(self) -> int:
        return len(self.query_compiler.pks[self.start : self.stop])

    def facet(self, field_name: str) -> Facet:
        """How many of all that is found have each value of a filterable field, most first."""
        return self.facets({field_name: (field_name, self.query_compiler.queryset)})[field_name]

    def facets(self, wanted: Mapping[str, tuple[str, QuerySet[Any]]]) -> dict[str, Facet]:
        """Facets of the same search by any name: each of a field, and over a queryset of its own
        (the one that is searched, narrowed). Two queries at most for each queryset object and
        many-to-many field."""
        compiler = self.query_compiler
        for field, _queryset in wanted.values():
            compiler.facet_field(field)
        keys = compiler.scores.keys() if compiler.ranked else None
        tallies: dict[int, Tally] = {}
        for _field, queryset in wanted.values():
            if id(queryset) not in tallies:
                fields = {field for field, each in wanted.values() if each is queryset}
                tallies[id(queryset)] = Tally(compiler.found(queryset), fields, keys)
        return {
            name: tallies[id(queryset)].count(field) for name, (field, queryset) in wanted.items()
        }


class TitleWeightMixin:
    """A backend with the parameter TITLE_WEIGHT."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)  # type: ignore[call-arg]
        self.title_weight = float(params.get("TITLE_WEIGHT", TITLE_WEIGHT))

    def _search(self, *args: Any, **options: Any) -> Any:
        results = super()._search(*args, **options)  # type: ignore[misc]
        if results.query_compiler is not None:
            results.query_compiler.title_weight = self.title_weight
        return results
