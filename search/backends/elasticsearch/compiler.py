"""One search: what Elasticsearch is asked for, and by what it ranks.

What matches is the same as on the other engines (`search.backends.matching`); how well it matches
is Elasticsearch's own BM25 over words, pairs and, where something may be misspelt, sounds.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from search import analysis
from search.analysis import Term, Word
from search.backends import matching
from search.backends.elasticsearch import clauses
from search.backends.elasticsearch.clauses import Clause, Column, RoughTerm
from search.backends.elasticsearch.documents import ALL_TEXT, MODELS, SOUNDS, TYPED
from search.backends.elasticsearch.filters import Filters
from search.backends.matching import Expression
from search.query import Question

#: How much the sound of a pair counts, where a pair that is spelled right counts 1.
SOUND_WEIGHT = 0.3
#: More than BM25 gives to any query of a length that is searched.
ON_TOP = 10_000.0


def rough_words(text: str) -> tuple[Word, ...]:
    """The words of `text`, those in letters also misspelt."""
    return tuple(
        Word(tuple(_roughly(term) for term in word.readings))
        for word in analysis.query_terms(text).words
    )


def _roughly(term: Term) -> Term:
    letters = len(term.tokens) == 1 and not term.prefix and term.text.isalpha()
    return RoughTerm(term.text, term.tokens) if letters and term.text.isascii() else term


class QueryCompiler(Filters):
    """One search. Its results share it, so that what one of them learns serves the others."""

    reading = replace(matching.SEARCH, rough=rough_words)

    def __init__(self, queryset: Any, query: Any, **options: Any) -> None:
        if isinstance(query, str) and not options.get("operator"):
            query = Question(query)
        super().__init__(queryset, query, **options)
        #: How many words of the question have to be there; 0 until the engine has said it.
        self.least = 0
        #: The compound words of the question, and the places of those that any document has.
        self._compounds: Sequence[Expression] = ()
        self._there: set[int] | None = None
        #: How many there are in all, and the first of them, once that is known.
        self.total: int | None = None
        self.head: list[dict[str, Any]] = []
        #: The results of another backend, since the engine did not answer.
        self.elsewhere: Any = None
        #: How the same is asked of another backend.
        self.asked: Callable[[Any], Any] | None = None

    def searched_columns(self) -> list[Column]:
        """The columns to look in: all text, or those of the `fields` asked for."""
        if self.fields is None:
            return [Column(ALL_TEXT)]
        fields = {field.field_name: field for field in self.get_searchable_fields()}
        wanted = [fields[name] for name in self.fields if name in fields]
        name = self.mapping.get_field_column_name
        return [Column(name(field), getattr(field, "boost", None) or 1.0) for field in wanted]

    def _remap_fields(self, fields: Any) -> list[Any]:
        """Not used: see `searched_columns`."""
        return []

    @cached_property
    def columns(self) -> list[Column]:
        return self.searched_columns()

    @cached_property
    def selection(self) -> matching.Selection:
        """What is asked for; until it is known better, as if some document had every word."""
        return matching.selection(self.query, self.reading, self._known)

    def _known(self, expressions: Sequence[Expression]) -> set[int]:
        self._compounds = expressions
        return set(range(len(expressions))) if self._there is None else self._there

    @cached_property
    def words(self) -> list[Clause]:
        """The words of the question, any number of which may be there."""
        return [clauses.matches(word, self.columns) for word in self.selection.words]

    @property
    def ranked(self) -> bool:
        """Whether anything is asked for; else all is found but what is excluded."""
        return bool(self.words) or not self.selection.rest.negated

    def open_questions(self) -> list[dict[str, Any]]:
        """What the engine has to be asked before what matches is settled: whether any document
        has each of the compound words, and how many words enough documents have."""
        asked = [] if self.least or len(self.words) < 2 else [self._least_request()]
        if self._there is None:
            asked += map(self._whether_any, self._compounds)
        if not asked:
            self.least = self.least or 1
        return asked

    def learn(self, answers: Sequence[dict[str, Any]]) -> None:
        """Read the answers to `open_questions`."""
        rest = list(answers)
        if len(self.words) > 1:
            best = rest.pop(0)["hits"]["hits"]
            self.least = round(best[0]["_score"]) if best else 1
        if self._there is None:
            totals = [answer["hits"]["total"]["value"] for answer in rest]
            self._there = {place for place, total in enumerate(totals) if total}
            if len(self._there) < len(self._compounds):
                del self.selection, self.words
                self.least = 0

    def _least_request(self) -> dict[str, Any]:
        """A document scores as many points as it has words of the question. The last of those
        that are enough, best first, has as many as enough documents have."""
        points = [clauses.counts(word) for word in self.words]
        filters = [self.get_content_type_filter()]
        return {
            "query": {"bool": {"should": points, "minimum_should_match": 1, "filter": filters}},
            "from": matching.enough(len(self.words)) - 1,
            "size": 1,
            "track_total_hits": False,
        }

    def _whether_any(self, word: Expression) -> dict[str, Any]:
        found = [clauses.matches(word, self.columns), self.get_content_type_filter()]
        return {"query": clauses.all_of(found), "size": 0, "track_total_hits": 1}

    def get_inner_query(self) -> Clause:
        """What matches, in the whole index; it scores nothing."""
        rest = clauses.matching(self.selection.rest, self.columns)
        if not self.words:
            return rest
        return clauses.all_of([clauses.at_least(self.least, self.words), rest])

    def get_query(self) -> Clause:
        """What matches and is in the queryset, scored."""
        return self.scored([self.matched, *self.get_filters()])

    def scored(self, filters: Sequence[Clause]) -> Clause:
        """What matches all of `filters`, scored."""
        return {"bool": {"filter": list(filters), "should": self.rankings()}}

    @cached_property
    def matched(self) -> Clause:
        return self.get_inner_query()

    def get_content_type_filter(self) -> Clause:
        return {"term": {MODELS: self.mapping.get_content_type()}}

    def rankings(self) -> list[Clause]:
        """What adds to the score of what is found."""
        found = [
            clauses.scores(term, self.columns, weight * times)
            for weight, terms in matching.rankings(self.query, self.reading).items()
            for term, times in Counter(terms).items()
        ]
        found += [clauses.scores(sound, [Column(SOUNDS)], SOUND_WEIGHT) for sound in self.sounds()]
        if whole := self.whole():
            for columns in (self.columns, self.title_columns()):
                found.append(clauses.counts(clauses.matches(whole, columns), ON_TOP))
        return found

    def title_columns(self) -> list[Column]:
        """Where titles are."""
        fields = [field for field in self.get_searchable_fields() if field.field_name == "title"]
        return [Column(self.mapping.get_field_column_name(field)) for field in fields]

    def sounds(self) -> tuple[Term, ...]:
        """How the question sounds, if not all of its words are found: it may be misspelt."""
        if self.fields is not None or self.least >= len(self.words):
            return ()
        return matching.sounds(self.query)

    def whole(self) -> Term | None:
        """The question as one run of characters: what contains it comes first, and before that
        what has it in the title."""
        question, _others = matching.question_in(self.query)
        return self.reading.phrase(question.query_string) if question else None

    def get_sort(self) -> list[Any]:
        """Best first, or as the queryset orders; what is alike by age, newest first."""
        if self.order_by_relevance and self.ranked:
            return ["_score", {"pk": "desc"}]
        ordered = copy.copy(self)
        ordered.order_by_relevance = False
        column = self.mapping.get_field_column_name
        return [
            *(
                {column(field): "desc" if down else "asc"}
                for down, field in ordered._get_order_by()
            ),
            {"pk": "desc"},
        ]

    def over(self, queryset: QuerySet[Any]) -> QueryCompiler:
        """The same search over another queryset of the model."""
        other = copy.copy(self)
        other.queryset = queryset
        other.check()
        return other


class AutocompleteQueryCompiler(QueryCompiler):
    """A search while typing: every word has to be there, and the last may be unfinished."""

    reading = matching.AUTOCOMPLETE

    def __init__(self, queryset: Any, query: Any, **options: Any) -> None:
        options["operator"] = options.get("operator") or "and"
        super().__init__(queryset, query, **options)

    def searched_columns(self) -> list[Column]:
        if self.fields is None:
            return [Column(TYPED)]
        fields = self.queryset.model.get_autocomplete_search_fields()
        return [
            Column(self.mapping.get_field_column_name(field))
            for field in fields
            if field.field_name in self.fields
        ]
