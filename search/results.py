"""What the search page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from wagtail.search.backends import get_search_backend
from wagtail.search.backends.base import EmptySearchResults

from search import facets, promotions, spelling, suggestions, syntax
from search.asked import Asked
from search.facets import FilterRow
from search.highlight import Highlighter
from search.registry import Counts, Hit, SearchSource
from search.syntax import Typed

PER_PAGE = 10
# A query of so many characters is a few words and not a sentence.
SHORT = 20

#: What is searched before an app has said what.
NOTHING = SearchSource(lambda language: QuerySet().none(), lambda found, language: [])


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with the words of the query marked."""

    hit: Hit
    title: SafeString
    passage: SafeString


class Search:
    """One visit to the search page: what is asked for, and what is found."""

    def __init__(
        self, source: SearchSource | None, parameters: Mapping[str, str], language: str
    ) -> None:
        self._source = source or NOTHING
        self._found: dict[Typed, Any] = {}
        self._facets: dict[Typed, Mapping[str, Counts]] = {}
        self.asked = Asked(self._source, parameters, language)

    @cached_property
    def typed(self) -> Typed:
        """What is looked for: what was typed; or where that finds nothing, its words without
        their quotes, or what was probably meant."""
        if self._finds(self._written):
            return self._written
        if self._written.phrases and self._finds(self._written.loosened):
            return self._written.loosened
        return syntax.read(self.correction) if self.correction else self._written

    @property
    def loosened(self) -> bool:
        """Whether the quotes in the query were left aside."""
        return self.typed != self._written and not self.corrected

    @property
    def corrected(self) -> bool:
        """Whether the results are those of the correction."""
        return bool(self.correction) and self.typed == syntax.read(self.correction or "")

    @cached_property
    def correction(self) -> str | None:
        """What was probably meant, and finds something; what is found elsewhere is no slip. Of
        long queries only where little is found: what is wrong in them matters less, and takes
        longer to tell."""
        found = self._ask(self._written).count()
        if not self.asked.query or (found >= PER_PAGE and len(self.asked.query) > SHORT):
            return None
        proposed = spelling.correction(
            self.asked.query,
            self.asked.language,
            found,
            lambda text: self._is_anywhere(syntax.read(text)),
        )
        if not proposed or not self._ask(syntax.read(proposed)).count():
            return None
        return proposed if found or not self._is_anywhere(self._written) else None

    @property
    def query(self) -> str:
        """What the results are for: what was typed, or the correction."""
        return self.correction or "" if self.corrected else self.asked.query

    @property
    def correction_url(self) -> str:
        return self.asked.address({"q": self.correction or self.asked.query})

    @property
    def found(self) -> Any:
        """The results of the search backend; nothing without a query."""
        return self._ask(self.typed)

    @cached_property
    def page(self) -> Page[Any]:
        """The page of results that is asked for, else the nearest."""
        return Paginator(self.found, PER_PAGE).get_page(self.asked.page)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def results(self) -> list[Result]:
        """Those of the page, but for what stands before them all."""
        before = {hit.url for hit in self._bets}
        hits = self._source.present(list(self.page.object_list), self.asked.language)
        return self._shown([hit for hit in hits if hit.url not in before])

    @cached_property
    def best_bets(self) -> list[Result]:
        """What comes before all results, on the first page."""
        return self._shown(self._bets) if self.page.number == 1 else []

    @cached_property
    def _bets(self) -> list[Hit]:
        """What editors have pinned to the query, and what it names outright; if it is nothing,
        the same for the correction. Nothing once it is narrowed or ordered by date."""
        if self.asked.is_narrowed or self.asked.newest_first:
            return []
        hits = self._bets_of(self._written)
        if self.corrected and not hits:
            hits = self._bets_of(self.typed)
        once: dict[str, Hit] = {}
        for hit in hits:
            once.setdefault(hit.url, hit)
        return list(once.values())

    @property
    def is_first(self) -> bool:
        """Whether this is the first that somebody sees of this search, be it in a frame."""
        asked = self.asked
        return not asked.is_narrowed and not asked.newest_first and self.page.number == 1

    @property
    def proposed(self) -> list[tuple[str, str]]:
        """What the query is the beginning of (hsz), as it is proposed while somebody types, each
        with its address."""
        found = suggestions.suggest(self.asked.query, self.asked.language)
        return [(each.text, each.address) for each in found]

    @property
    def found_around(self) -> int:
        """How much there is everywhere, where a frame alone has nothing. The filter has counted
        it already."""
        frame = self.asked.frame
        if self.count or frame is None or self.asked.is_narrowed:
            return 0
        return next(row.total for row in self.filters if row.filter is frame.filter)

    @property
    def popular(self) -> list[tuple[str, str]]:
        """What others look for, each with the address of that search."""
        return [(each.text, each.address) for each in suggestions.popular(self.asked.language)]

    @cached_property
    def filters(self) -> list[FilterRow]:
        """Each filter with what it would leave; options that would leave nothing are left out."""
        if not self.asked.query:
            return []
        return facets.rows(self.asked, self._counts(self.typed))

    @property
    def narrowed_by(self) -> list[FilterRow]:
        """The filters beside the tabs of which something is chosen."""
        return [row for row in self.filters[1:] if row.chosen]

    @property
    def page_range(self) -> list[tuple[str, str | None]]:
        """Number and address of each page to link to; without an address, a gap."""
        elided = self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=2, on_ends=1
        )
        return [
            (str(number), self.asked.address(page=number) if isinstance(number, int) else None)
            for number in elided
        ]

    @property
    def previous_url(self) -> str | None:
        return (
            self.asked.address(page=self.page.previous_page_number())
            if self.page.has_previous()
            else None
        )

    @property
    def next_url(self) -> str | None:
        return (
            self.asked.address(page=self.page.next_page_number()) if self.page.has_next() else None
        )

    @cached_property
    def _written(self) -> Typed:
        return syntax.read(self.asked.query)

    def _finds(self, typed: Typed) -> bool:
        """Whether anything is found. What is found is counted by each filter first: an engine
        elsewhere gives the number and the first hits with that."""
        self._counts(typed)
        return self._ask(typed).count() > 0

    def _is_anywhere(self, typed: Typed) -> bool:
        """Whether there is anything before it is narrowed."""
        everything = self.asked.everything
        found = self._search(typed, everything) if self.asked.chosen else self._ask(typed)
        return bool(found.count())

    def _ask(self, typed: Typed) -> Any:
        """What the search backend finds, asked once."""
        if typed not in self._found:
            self._found[typed] = self._search(typed, self.asked.narrowed())
        return self._found[typed]

    def _search(self, typed: Typed, queryset: QuerySet[Any]) -> Any:
        query = None if self._source is NOTHING else typed.query(self.asked.everything)
        if query is None:
            return EmptySearchResults()
        if self.asked.newest_first:
            queryset = queryset.order_by(*self._source.newest_first)
        return get_search_backend().search(
            query, queryset, order_by_relevance=not self.asked.newest_first
        )

    def _bets_of(self, typed: Typed) -> list[Hit]:
        """What is pinned to what is wanted, and named by it."""
        query, language, frame = typed.wanted, self.asked.language, self.asked.frame
        if not query:
            return []
        named = self._source.best_bets(query, language, frame.option.value if frame else "")
        return [*promotions.picks(query, language), *named]

    def _shown(self, hits: Sequence[Hit]) -> list[Result]:
        return [
            Result(hit, self._highlighter.whole(hit.title), self._highlighter.passage(hit.text))
            for hit in hits
        ]

    @cached_property
    def _highlighter(self) -> Highlighter:
        return Highlighter(self.typed.wanted)

    def _counts(self, typed: Typed) -> Mapping[str, Counts]:
        """Per filter, how many of what the others leave have each value of its field."""
        if typed not in self._facets:
            found = self._ask(typed)
            nothing = isinstance(found, EmptySearchResults)
            self._facets[typed] = {} if nothing else found.facets(facets.wanted(self.asked))
        return self._facets[typed]
