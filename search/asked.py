"""What the address of a search asks for, and the addresses of searches beside it.

Bad parameters are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.db.models import QuerySet

from search import syntax
from search.registry import Option, SearchFilter, SearchSource

# The value of the parameter `sort` that is not the default.
NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a search keeps to that begins on a page of an option of a filter; the same search
    everywhere stands at `url_everywhere`."""

    filter: SearchFilter
    option: Option
    url_everywhere: str


class Asked:
    """A query, and how what is searched is narrowed and ordered."""

    def __init__(self, source: SearchSource, parameters: Mapping[str, str], language: str) -> None:
        self._source = source
        self._parameters = parameters
        self._querysets: dict[frozenset[str], QuerySet[Any]] = {}
        self.language = language
        self.query = syntax.clean(parameters.get("q", ""))
        self.newest_first = parameters.get("sort") == NEWEST

    @property
    def page(self) -> str:
        """The number of the page of results, which there may not be."""
        number = self._parameters.get("page", "1")
        return number if number.lstrip("0").isdecimal() else "1"

    @property
    def filters(self) -> Sequence[SearchFilter]:
        """How it can be narrowed."""
        return self._source.filters

    @cached_property
    def options(self) -> dict[str, Sequence[Option]]:
        """The options of each filter, by its name."""
        return {each.name: each.options(self.language) for each in self.filters}

    @cached_property
    def chosen(self) -> dict[str, Option]:
        """The option that is chosen of each filter, by its name. Unknown values are ignored."""
        asked = {each.name: each.read(self._parameters.get(each.name, "")) for each in self.filters}
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
            name for name in self.options if self._parameters.get(name) and name not in self.chosen
        ]

    @property
    def frame(self) -> Frame | None:
        """The frame in which is searched."""
        for each in self.filters:
            if each.frame and each.name in self.chosen:
                return Frame(each, self.chosen[each.name], self.address({each.name: ""}))
        return None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen but a frame."""
        frames = {each.name for each in self.filters if each.frame}
        return not self.chosen.keys() <= frames

    @property
    def everything(self) -> QuerySet[Any]:
        """What is searched before it is narrowed."""
        return self._left({})

    @cached_property
    def _searched(self) -> QuerySet[Any]:
        return self._source.queryset(self.language)

    def narrowed(self, *, without: str = "") -> QuerySet[Any]:
        """What the chosen filters leave of what is searched, but for the one named `without`. The
        same object for the same filters, so that a backend counts it once."""
        return self._left({name: o for name, o in self.chosen.items() if name != without})

    def _left(self, chosen: Mapping[str, Option]) -> QuerySet[Any]:
        names = frozenset(chosen)
        if names not in self._querysets:
            queryset = self._searched
            for each in self.filters:
                if each.name in names:
                    queryset = each.narrow(queryset, chosen[each.name])
            self._querysets[names] = queryset
        return self._querysets[names]

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


def _address(parameters: Mapping[str, str]) -> str:
    return "?" + "&".join(f"{key}={_quoted(value)}" for key, value in parameters.items() if value)


#: Hundreds of links on a page differ in one value each.
_quoted = lru_cache(maxsize=1000)(quote_plus)
