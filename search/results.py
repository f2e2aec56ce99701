"""From what an address asks for to what the search page shows. Bad parameters are ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from wagtail.search.backends import get_search_backend
from wagtail.search.backends.base import EmptySearchResults

from search import promotions, registry, spelling, suggestions, syntax
from search.facets import Choice, FilterRow
from search.highlight import Highlighter
from search.registry import Counts, Hit, Option, SearchFilter, SearchSource
from search.syntax import Typed

PER_PAGE = 10
# A query of so many characters is a few words and not a sentence.
SHORT = 20
# The value of the parameter `sort` that is not the default.
NEWEST = "newest"

#: What is searched before an app has said what.
NOTHING = SearchSource(queryset=lambda language: QuerySet().none(), present=lambda found: [])


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
        self._querysets: dict[frozenset[str], QuerySet[Any]] = {}
        self._found: dict[Typed, Any] = {}
        self._facets: dict[Typed, Mapping[str, Counts]] = {}
        self.parameters = parameters
        self.language = language
        self.query = syntax.clean(parameters.get("q", ""))
        self.newest_first = parameters.get("sort") == NEWEST

    @cached_property
    def options(self) -> dict[str, Sequence[Option]]:
        """The options of each filter, by its name."""
        return {each.name: each.options(self.language) for each in self._source.filters}

    @cached_property
    def chosen(self) -> dict[str, Option]:
        """The option that is chosen of each filter, by its name. Unknown values are ignored."""
        asked = {name: self.parameters.get(name) for name in self.options}
        return {
            name: option
            for name, options in self.options.items()
            for option in options
            if option.value == asked[name]
        }

    @property
    def ignored(self) -> list[str]:
        """The filters of which the address asks for an option that there is not."""
        return [
            name for name in self.options if self.parameters.get(name) and name not in self.chosen
        ]

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
        """What was probably meant, and finds something. Of long queries only where little is
        found: what is wrong in them matters less, and takes longer to tell."""
        found = self._ask(self._written).count()
        if not self.query or (found >= PER_PAGE and len(self.query) > SHORT):
            return None
        return spelling.correction(
            self.query, self.language, found, lambda text: self._ask(syntax.read(text)).count() > 0
        )

    @property
    def correction_url(self) -> str:
        return self.address({"q": self.correction or self.query})

    @property
    def found(self) -> Any:
        """The results of the search backend; nothing without a query."""
        return self._ask(self.typed)

    @cached_property
    def page(self) -> Page[Any]:
        """The page of results that is asked for, else the nearest."""
        number = self.parameters.get("page", "1")
        paginator = Paginator(self.found, PER_PAGE)
        return paginator.get_page(number if number.lstrip("0").isdecimal() else 1)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @cached_property
    def results(self) -> list[Result]:
        """Those of the page, but for what stands before them already."""
        before = {result.hit.url for result in self.best_bets}
        hits = self._source.present(list(self.page.object_list))
        return self._shown([hit for hit in hits if hit.url not in before])

    @cached_property
    def best_bets(self) -> list[Result]:
        """What editors have pinned to the query, and what it names outright. On the first page
        only, and before it is narrowed."""
        if not self.query or not self.is_first:
            return []
        hits = [
            *promotions.picks(self.query, self.language),
            *self._source.best_bets(self.query, self.language),
        ]
        return self._shown(list({hit.url: hit for hit in reversed(hits)}.values())[::-1])

    @property
    def is_first(self) -> bool:
        """Whether this is the first that somebody sees of this search, be it in a frame."""
        frames = {each.name for each in self._source.filters if each.frame}
        return self.chosen.keys() <= frames and not self.newest_first and self.page.number == 1

    @property
    def popular(self) -> list[tuple[str, str]]:
        """What others look for, each with the address of that search."""
        return [(each.text, each.address) for each in suggestions.popular(self.language)]

    @cached_property
    def filters(self) -> list[FilterRow]:
        """Each filter with what it would leave; options that would leave nothing are left out."""
        if not self.query:
            return []
        counts = self._counts(self.typed)
        return [
            self._row(each, counts.get(each.name, {}), counts.get(_shared(each), {}))
            for each in self._source.filters
        ]

    @property
    def page_range(self) -> list[tuple[str, str | None]]:
        """Number and address of each page to link to; without an address, a gap."""
        elided = self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=2, on_ends=1
        )
        return [
            (str(number), self.address(page=number) if isinstance(number, int) else None)
            for number in elided
        ]

    @property
    def previous_url(self) -> str | None:
        return (
            self.address(page=self.page.previous_page_number())
            if self.page.has_previous()
            else None
        )

    @property
    def next_url(self) -> str | None:
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else None

    @property
    def unfiltered_url(self) -> str:
        return _address({"q": self.query})

    @property
    def other_order_url(self) -> str:
        """The same search by relevance, if it is by date, and by date otherwise."""
        return self.address({"sort": "" if self.newest_first else NEWEST})

    def address(self, changed: Mapping[str, str] | None = None, *, page: int = 1) -> str:
        """The same search with some parameters `changed`, on another page."""
        parameters = {
            "q": self.query,
            **{name: option.value for name, option in self.chosen.items()},
            "sort": NEWEST if self.newest_first else "",
            **(changed or {}),
            "page": str(page) if page > 1 else "",
        }
        return _address(parameters)

    @cached_property
    def _written(self) -> Typed:
        return syntax.read(self.query)

    def _finds(self, typed: Typed) -> bool:
        """Whether anything is found. What is found is counted by each filter first: an engine
        elsewhere gives the number and the first hits with that."""
        self._counts(typed)
        return self._ask(typed).count() > 0

    def _ask(self, typed: Typed) -> Any:
        """What the search backend finds, asked once."""
        if typed not in self._found:
            self._found[typed] = self._search(typed)
        return self._found[typed]

    def _search(self, typed: Typed) -> Any:
        if self._source is NOTHING or typed.query is None:
            return EmptySearchResults()
        queryset = self._narrowed()
        if self.newest_first:
            queryset = queryset.order_by(*self._source.newest_first)
        return get_search_backend().search(
            typed.query, queryset, order_by_relevance=not self.newest_first
        )

    def _shown(self, hits: Sequence[Hit]) -> list[Result]:
        return [
            Result(hit, self._highlighter.whole(hit.title), self._highlighter.passage(hit.text))
            for hit in hits
        ]

    @cached_property
    def _highlighter(self) -> Highlighter:
        return Highlighter(self.typed.wanted)

    def _narrowed(self, *, without: str = "") -> QuerySet[Any]:
        """What the chosen filters leave, but for the one named `without`."""
        return self._narrowed_by(frozenset(self.chosen) - {without})

    def _narrowed_by(self, names: frozenset[str]) -> QuerySet[Any]:
        """What is searched, narrowed by the chosen options of the filters with `names`. The same
        object for the same filters, so that a backend counts it once."""
        if names not in self._querysets:
            queryset = self._source.queryset(self.language)
            for each in self._source.filters:
                if each.name in names:
                    queryset = each.narrow(queryset, self.chosen[each.name])
            self._querysets[names] = queryset
        return self._querysets[names]

    def _counts(self, typed: Typed) -> Mapping[str, Counts]:
        """Per filter, how many of what the others leave have each value of its field."""
        if typed not in self._facets:
            found = self._ask(typed)
            nothing = isinstance(found, EmptySearchResults)
            self._facets[typed] = {} if nothing else found.facets(self._wanted())
        return self._facets[typed]

    def _wanted(self) -> dict[str, tuple[str, QuerySet[Any]]]:
        """The facets that `_counts` needs: each of a field, in what the other filters leave."""
        wanted: dict[str, tuple[str, QuerySet[Any]]] = {}
        for each in self._source.filters:
            queryset = self._narrowed(without=each.name)
            wanted[each.name] = (each.field, queryset)
            if each.shared is not None:
                wanted[_shared(each)] = (each.field, queryset.filter(each.shared))
        return wanted

    def _row(self, each: SearchFilter, counts: Counts, shared_counts: Counts) -> FilterRow:
        chosen = self.chosen.get(each.name)
        counted = (
            (option, registry.count(option, counts, shared_counts))
            for option in self.options[each.name]
        )
        choices = [
            self._choice(each.name, option, number, chosen=option is chosen)
            for option, number in counted
            if number or option is chosen
        ]
        return FilterRow(each, choices, sum(counts.values()), self.address({each.name: ""}))

    def _choice(self, name: str, option: Option, number: int, *, chosen: bool) -> Choice:
        return Choice(option, number, chosen, self.address({name: "" if chosen else option.value}))


def _shared(each: SearchFilter) -> str:
    return f"{each.name}:shared"


def _address(parameters: Mapping[str, str]) -> str:
    return "?" + "&".join(f"{key}={_quoted(value)}" for key, value in parameters.items() if value)


#: Hundreds of links on a page differ in one value each.
_quoted = lru_cache(maxsize=1000)(quote_plus)
