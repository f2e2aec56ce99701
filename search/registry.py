"""What the search page searches. Upper apps say so once, from the `ready()` of their `apps.py`.

registry.register(SearchSource(queryset=..., present=..., filters=[SearchFilter(...)]))
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString

# Names of parameters in the address that are the search page's own.
RESERVED_NAMES = frozenset({"q", "page", "sort"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result as a reader sees it.

    `title` and `text` are plain; the page marks the matched words and picks the passage.
    `picture` is a ready `<img>`, small, with an empty `alt` (the title says what it is).
    """

    title: str
    url: str
    kind: str = ""
    branch_name: str = ""
    date: datetime.date | None = None
    picture: SafeString | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """One way to narrow the results: `?name=value`, one value at a time.

    `options` gives (value, label) pairs for a language. `apply` narrows a queryset of the source;
    it may join many-to-many tables, duplicates are taken care of. Values that are not among the
    options never reach it.
    """

    name: str
    label: str | Promise
    options: Callable[[str], Sequence[tuple[str, str]]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """What is searched, and how its hits are presented.

    `queryset` gives what the public may find in a language; like any queryset that is searched,
    it may filter on `index.FilterField`s only. `present` gets the objects of one page of results
    in one list and returns as many hits in the same order, in a bounded number of queries.
    """

    queryset: Callable[[str], QuerySet[Any]]
    present: Callable[[Sequence[Any]], Sequence[Hit]]
    filters: Sequence[SearchFilter] = field(default_factory=tuple)


_registered: list[SearchSource] = []


def register(source: SearchSource) -> None:
    """Make `source` what the search page searches. Raises ImproperlyConfigured the second time,
    and where two filters share a name or take one of the page's own."""
    if _registered:
        raise ImproperlyConfigured("A search source is registered already.")
    names = [each.name for each in source.filters]
    taken = [name for name in names if name in RESERVED_NAMES or names.count(name) > 1]
    if taken:
        raise ImproperlyConfigured(f"Names of search filters are taken: {', '.join(taken)}.")
    _registered.append(source)


def registered_source() -> SearchSource | None:
    """What the search page searches, if an app has said so."""
    return _registered[0] if _registered else None
