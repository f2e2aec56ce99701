"""The filters of a search as a page shows them: what is to be counted, and options with counts and
addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from search import registry
from search.asked import Asked
from search.registry import Counts, Option, SearchFilter


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter: its address chooses it, or takes it back if it is `chosen`.

    `count` is how many results it would leave, whatever else is chosen.
    """

    option: Option
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Branching:
    """A choice and those that belong under it."""

    choice: Choice
    below: list[Choice]


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A filter as the page shows it; `reset_url` takes back what is chosen."""

    filter: SearchFilter
    choices: list[Choice]
    total: int
    reset_url: str

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)

    @property
    def is_tree(self) -> bool:
        return any(choice.option.parent for choice in self.choices)

    @property
    def tree(self) -> list[Branching]:
        """The choices by what they belong under, those without anything above them first."""
        tops = [choice for choice in self.choices if not choice.option.parent]
        return [
            Branching(top, [c for c in self.choices if c.option.parent == top.option.value])
            for top in tops
        ]


def wanted(asked: Asked) -> dict[str, tuple[str, QuerySet[Any]]]:
    """What `rows` needs counted, by name: each of a field, in what the other filters leave."""
    found: dict[str, tuple[str, QuerySet[Any]]] = {}
    for each in asked.filters:
        queryset = asked.narrowed(without=each.name)
        found[each.name] = (each.field, queryset)
        if each.shared is not None:
            found[_shared(each)] = (each.field, queryset.filter(each.shared))
    return found


def rows(asked: Asked, counts: Mapping[str, Counts]) -> list[FilterRow]:
    """Each filter with what it would leave; options that would leave nothing are left out.

    :param counts: of what is `wanted`; empty where nothing is found.
    """
    return [
        _row(asked, each, counts.get(each.name, {}), counts.get(_shared(each), {}))
        for each in asked.filters
    ]


def _row(asked: Asked, each: SearchFilter, counts: Counts, shared_counts: Counts) -> FilterRow:
    chosen = asked.chosen.get(each.name)
    counted = (
        (option, registry.count(option, counts, shared_counts))
        for option in asked.options[each.name]
    )
    choices = [
        _choice(asked, each.name, option, number, chosen=option is chosen)
        for option, number in counted
        if number or option is chosen
    ]
    return FilterRow(each, choices, sum(counts.values()), asked.address({each.name: ""}))


def _choice(asked: Asked, name: str, option: Option, number: int, *, chosen: bool) -> Choice:
    url = asked.address({name: "" if chosen else option.value})
    return Choice(option, number, chosen, url)


def _shared(each: SearchFilter) -> str:
    return f"{each.name}:shared"
