"""From what an address asks for to what the search page shows. Bad parameters are ignored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from wagtail.search.backends import get_search_backend

from search import analysis
from search.highlight import Highlighter
from search.registry import Hit, SearchFilter, SearchSource

PER_PAGE = 10
# A filter with more options than this is a drop-down list instead of a row of chips.
MOST_CHIPS = 12

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with the words of the query marked."""

    hit: Hit
    title: SafeString
    passage: SafeString


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter: its address chooses it, or takes it back if it is `chosen`."""

    value: str
    label: str
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A filter as the page shows it."""

    filter: SearchFilter
    choices: list[Choice]

    @property
    def is_list(self) -> bool:
        return len(self.choices) > MOST_CHIPS

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


class Search:
    """One visit to the search page: what is asked for, and what is found."""

    def __init__(
        self, source: SearchSource | None, parameters: Mapping[str, str], language: str
    ) -> None:
        self.source = source
        self.parameters = parameters
        self.language = language
        self.query = clean_query(parameters.get("q", ""))

    @cached_property
    def filters(self) -> list[FilterRow]:
        if self.source is None:
            return []
        options = [(each, each.options(self.language)) for each in self.source.filters]
        chosen = {
            each.name: value
            for each, pairs in options
            if (value := self.parameters.get(each.name)) in {value for value, _label in pairs}
        }
        return [FilterRow(each, self._choices(each.name, pairs, chosen)) for each, pairs in options]

    @property
    def chosen(self) -> list[Choice]:
        return [row.chosen for row in self.filters if row.chosen]

    @cached_property
    def page(self) -> Page[Any] | None:
        """The page of results that is asked for, else the nearest; None without a query."""
        if self.source is None or not self.query:
            return None
        found = get_search_backend().search(self.query, self._searched(self.source))
        paginator = Paginator(found, PER_PAGE)
        number = self.parameters.get("page", "1")
        return paginator.get_page(number if number.lstrip("0").isdecimal() else 1)

    @cached_property
    def results(self) -> list[Result]:
        if self.source is None or self.page is None:
            return []
        highlighter = Highlighter(self.query)
        return [
            Result(hit, highlighter.whole(hit.title), highlighter.passage(hit.text))
            for hit in self.source.present(list(self.page.object_list))
        ]

    @property
    def page_range(self) -> list[tuple[str, str | None]]:
        """Number and address of each page to link to; without an address, a gap."""
        if self.page is None:
            return []
        paginator = self.page.paginator
        elided = paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        return [
            (str(number), self.address(page=number) if isinstance(number, int) else None)
            for number in elided
        ]

    @property
    def previous_url(self) -> str | None:
        if self.page is None or not self.page.has_previous():
            return None
        return self.address(page=self.page.previous_page_number())

    @property
    def next_url(self) -> str | None:
        if self.page is None or not self.page.has_next():
            return None
        return self.address(page=self.page.next_page_number())

    @property
    def unfiltered_url(self) -> str:
        return _address({"q": self.query})

    def address(self, *, page: int) -> str:
        """The same search on another page."""
        parameters = {"q": self.query, **self._chosen_values()}
        return _address(parameters | ({"page": str(page)} if page > 1 else {}))

    def _chosen_values(self) -> dict[str, str]:
        return {row.filter.name: row.chosen.value for row in self.filters if row.chosen}

    def _choices(
        self, name: str, pairs: Sequence[tuple[str, str]], chosen: Mapping[str, str]
    ) -> list[Choice]:
        kept = {key: value for key, value in chosen.items() if key != name}
        return [
            Choice(
                value,
                label,
                chosen.get(name) == value,
                _address(
                    {"q": self.query, **kept} | ({} if chosen.get(name) == value else {name: value})
                ),
            )
            for value, label in pairs
        ]

    def _searched(self, source: SearchSource) -> QuerySet[Any]:
        """What the chosen filters leave, each object once, as a queryset that may be searched."""
        queryset = source.queryset(self.language)
        narrowed = queryset
        for row in self.filters:
            if row.chosen:
                narrowed = row.filter.apply(narrowed, row.chosen.value)
        if narrowed is queryset:
            return queryset
        return queryset.filter(pk__in=narrowed.order_by().values("pk"))


def clean_query(text: str) -> str:
    """What a visitor typed without what cannot be shown, and cut to a sane length."""
    printable = _UNPRINTABLE.sub(" ", text[: 20 * analysis.MAX_QUERY_CHARACTERS])
    return " ".join(printable.split())[: analysis.MAX_QUERY_CHARACTERS]


def _address(parameters: Mapping[str, str]) -> str:
    return "?" + urlencode({key: value for key, value in parameters.items() if value})
