"""One search: what Elasticsearch is asked for, and by what it ranks.

What matches is the same as on the other engines (`search.backends.matching`); how well it matches
is Elasticsearch's own BM25 over words, pairs and, where something may be misspelt, sounds.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

from search import analysis
from search.analysis import Heard, Term, Word
from search.backends import matching
from search.backends.elasticsearch import clauses
from search.backends.elasticsearch.clauses import Clause, Column, RoughTerm
from search.backends.elasticsearch.documents import ALL_TEXT, CHARACTERS, MODELS, SOUNDS, TYPED
from search.backends.elasticsearch.filters import Filters
from search.backends.expressions import Expression
from search.backends.matching import ON_TOP
from search.backends.questions import AsksQuestions, CompletesWords

#: How much the sound of a pair counts, where a pair counts 1.
SOUND_WEIGHT = 0.7
#: How much a character counts, where a word counts 1 (of two characters 2, as it is a pair too).
CHARACTER_WEIGHT = 1.8


def rough_words(text: str) -> tuple[Word, ...]:
    """The words of `text`, those in letters also misspelt."""
    return tuple(
        Word(tuple(_roughly(term) for term in word.readings))
        for word in analysis.query_terms(text).words
    )


def _roughly(term: Term) -> Term:
    letters = len(term.tokens) == 1 and not term.prefix and term.text.isalpha()
    return RoughTerm(term.text, term.tokens) if letters and term.text.isascii() else term


class Kind(NamedTuple):
    """Of the documents that decide what is enough (`Question.within`), those that `expression`
    matches (None: all). If not `all`, it is enough to know whether there are any."""

    expression: Expression | None
    all: bool


class QueryCompiler(AsksQuestions, Filters):
    """One search. Its results share it, so that what one of them learns serves the others."""

    reading = replace(matching.SEARCH, rough=rough_words)

    def __init__(self, queryset: Any, query: Any, **options: Any) -> None:
        super().__init__(queryset, query, **options)
        #: How many words of the question have to be there; 0 until the engine has said it.
        self.least = 0
        #: How many documents there are of each kind of which that matters.
        self._numbers: dict[Kind, int] = {}
        self._unknown: list[Kind] = []
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
        """What is asked for; until it is known better, as if documents had every word, but not
        too many of them."""
        self._unknown = []
        return matching.selection(self.query, self.reading, self)

    def known(self, expressions: Sequence[Expression]) -> set[int]:
        """See `matching.Facts`."""
        numbers = self._told([Kind(each, all=False) for each in expressions], 1)
        return {place for place, number in enumerate(numbers) if number}

    def in_most(self, words: Sequence[Expression]) -> set[int]:
        """See `matching.Facts`."""
        *numbers, total = self._told([Kind(each, all=True) for each in (*words, None)], 0)
        most = matching.not_most(total, len(words))
        return {place for place, number in enumerate(numbers) if number > most}

    def _told(self, kinds: Sequence[Kind], until: int) -> list[int]:
        """How many documents there are of each of `kinds`; `until` the engine has said it, that."""
        self._unknown += [each for each in kinds if each not in self._numbers]
        return [self._numbers.get(each, until) for each in kinds]

    @cached_property
    def words(self) -> list[Clause]:
        """The words of the question, any number of which may be there."""
        return [clauses.matches(word, self.columns) for word in self.selection.words]

    @property
    def ranked(self) -> bool:
        """Whether anything is asked for; else all is found but what is excluded."""
        return bool(self.words) or not self.selection.rest.negated

    def open_questions(self) -> list[dict[str, Any]]:
        """What the engine has to be asked before what matches is settled: how many words enough
        documents have, and how many documents have each of some words."""
        asked = [] if self.least or len(self.words) < 2 else [self._least_request()]
        asked += map(self._number_request, self._unknown)
        if not asked:
            self.least = self.least or 1
        return asked

    def learn(self, answers: Sequence[dict[str, Any]]) -> None:
        """Read the answers to `open_questions`."""
        rest = list(answers)
        if len(rest) > len(self._unknown):
            best = rest.pop(0)["hits"]["hits"]
            self.least = round(best[0]["_score"]) if best else 1
        if not rest:
            return
        before = self.selection.words
        numbers = (answer["hits"]["total"]["value"] for answer in rest)
        self._numbers.update(zip(self._unknown, numbers, strict=True))
        del self.selection
        if self.selection.words != before:
            del self.words
            self.least = 0

    def _least_request(self) -> dict[str, Any]:
        """A document scores as many points as it has words of the question. The last of those
        that are enough, best first, has as many as enough documents have."""
        points = [clauses.counts(word) for word in self.words]
        filters = self._counted()
        return {
            "query": {"bool": {"should": points, "minimum_should_match": 1, "filter": filters}},
            "from": matching.enough(len(self.words)) - 1,
            "size": 1,
            "track_total_hits": False,
        }

    def _number_request(self, kind: Kind) -> dict[str, Any]:
        filters = self._counted()
        if kind.expression is not None:
            filters.append(clauses.matches(kind.expression, self.columns))
        most = True if kind.all else 1
        return {"query": clauses.all_of(filters), "size": 0, "track_total_hits": most}

    def _counted(self) -> list[Clause]:
        """The filters of the documents that decide what is enough."""
        if self.question is None or self.question.within is None:
            return [self.get_content_type_filter()]
        return list(self.over(self.question.within).get_filters())

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
        found = [*self._term_rankings(), *self._sound_rankings(), *self._character_rankings()]
        found += [
            clauses.counts(clauses.matches(word, self.columns), points)
            for word, points in self.selection.few.items()
        ]
        if whole := matching.whole(self.query, self.reading):
            for columns in (self.columns, self.title_columns()):
                found.append(clauses.counts(clauses.matches(whole, columns), ON_TOP))
        return found

    def _term_rankings(self) -> Iterator[Clause]:
        """The words and pairs of the question."""
        by_weight = matching.rankings(self.query, self.reading, self.selection.common)
        for weight, terms in by_weight.items():
            for term, times in Counter(terms).items():
                yield clauses.scores(term, self.columns, weight * times)

    def _sound_rankings(self) -> Iterator[Clause]:
        """What sounds like a pair, where something may be misspelt."""
        for sound in dict.fromkeys(each.sound for each in self.sounds()):
            yield clauses.scores(sound, [Column(SOUNDS)], SOUND_WEIGHT)

    def _character_rankings(self) -> Iterator[Clause]:
        """What tells a little: single characters."""
        if self.fields is None:
            for character in matching.characters(self.query):
                single = replace(character, prefix=False)
                yield clauses.scores(single, [Column(CHARACTERS)], CHARACTER_WEIGHT)

    def title_columns(self) -> list[Column]:
        """Where titles are."""
        fields = [field for field in self.get_searchable_fields() if field.field_name == "title"]
        return [Column(self.mapping.get_field_column_name(field)) for field in fields]

    def sounds(self) -> tuple[Heard, ...]:
        """How the question sounds, if not all of its words are found: it may be misspelt."""
        if self.fields is not None or self.least >= len(self.words):
            return ()
        return matching.sounds(self.query)

    def get_sort(self) -> list[Any]:
        """Best first, or as the queryset orders; what is alike by age, newest first.

        A field that the index does not have yet, because it was built before, leaves it at that.
        """
        if self.order_by_relevance and self.ranked:
            return ["_score", {"pk": "desc"}]
        ordered = copy.copy(self)
        ordered.order_by_relevance = False
        column = self.mapping.get_field_column_name
        return [
            *(
                {column(field): {"order": "desc" if down else "asc", "unmapped_type": "long"}}
                for down, field in ordered._get_order_by()
            ),
            {"pk": "desc"},
        ]

    def over(self, queryset: QuerySet[Any]) -> QueryCompiler:
        """The same search over another queryset of the model."""
        other = copy.copy(self)
        other.queryset = queryset
        return other


class AutocompleteQueryCompiler(CompletesWords, QueryCompiler):
    """A search while typing."""

    def searched_columns(self) -> list[Column]:
        if self.fields is None:
            return [Column(TYPED)]
        fields = self.queryset.model.get_autocomplete_search_fields()
        return [
            Column(self.mapping.get_field_column_name(field))
            for field in fields
            if field.field_name in self.fields
        ]
