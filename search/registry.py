"""What the search page searches. Upper apps say so once, from the `ready()` of their `apps.py`.

registry.register(SearchSource(queryset=..., present=..., filters=[SearchFilter(...)]))

Filters and facets are the same thing here: an option of a filter stands for values of an indexed
field, and its count is how often those values occur among what is found.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# Names of parameters in the address that are the search page's own.
RESERVED_NAMES = frozenset({"q", "page", "sort"})

#: What lies around a frame, where an app has no better word.
EVERYWHERE = _("全部范围")

#: How many of what is found have each value of a field.
Counts = Mapping[Any, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result as a reader sees it.

    `title` and `text` are plain; the page marks the matched words and picks the passage.
    `picture` is a ready `<img>`, small, with an empty `alt` (the title says what it is).
    `phone` is a number as people write it, `dialled` what a telephone dials for it, if anything.
    `language` is the code of that of the page it leads to, where it is not the one searched in.
    """

    title: str
    url: str
    kind: str = ""
    branch_name: str = ""
    date: datetime.date | None = None
    picture: SafeString | None = None
    text: str = ""
    phone: str = ""
    dialled: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a filter: `?name=value` in the address.

    `keys` are the values of the filter's field that it stands for (primary keys for relations),
    `shared_keys` those that it stands for only among what the filter calls shared. In a tree,
    `parent` is the value of the option that it belongs under.
    """

    value: str
    label: str
    keys: frozenset[Any]
    shared_keys: frozenset[Any] = frozenset()
    parent: str = ""


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """One way to narrow the results, one option at a time.

    `field` is the attribute of an `index.FilterField` of what is searched (`branch_id` of a
    foreign key, `topics` of a many-to-many field). `options` gives the options for a language;
    those that nothing found belongs to are not shown. `shared` limits `Option.shared_keys`.
    `frame` says that pages stand in the frame of an option and their search box begins there: who
    is in it has not narrowed anything yet. `everywhere` is what all that lies around a frame is
    called (the whole province). `read` makes of what somebody wrote in an address what an option is
    called there: 2026年 is 2026.
    """

    name: str
    label: str | Promise
    field: str
    options: Callable[[str], Sequence[Option]]
    shared: Q | None = None
    frame: bool = False
    everywhere: str | Promise = EVERYWHERE
    read: Callable[[str], str | None] = str

    def narrow(self, queryset: QuerySet[Any], option: Option) -> QuerySet[Any]:
        """Those of `queryset` that `option` stands for."""
        condition = Q(**{f"{self.field}__in": sorted(option.keys)})
        if self.shared is not None and option.shared_keys:
            keys = sorted(option.shared_keys)
            condition |= Q(**{f"{self.field}__in": keys}) & self.shared
        return queryset.filter(condition)


def count(option: Option, counts: Counts, shared_counts: Counts) -> int:
    """How many of what is found `option` stands for. (A piece may have two of its keys only if
    the field is many-to-many; such options have one key.)"""
    own = sum(counts.get(key, 0) for key in option.keys)
    return own + sum(shared_counts.get(key, 0) for key in option.shared_keys)


@dataclass(frozen=True, slots=True)
class SearchSource:
    """What is searched, and how its hits are presented.

    `queryset` gives what the public may find in a language; like any queryset that is searched,
    it may filter on `index.FilterField`s only. `present` gets the objects of one page of results
    in one list, and the language, and returns as many hits in the same order, in a bounded number
    of queries.
    `best_bets` gives what a query in a language names outright (a branch, what can be done there,
    an article of a law) and is to come before all results; it also gets the value of the option
    in whose frame is searched, else nothing. The first filter is shown as tabs. `newest_first` are
    the fields that order by date.
    """

    queryset: Callable[[str], QuerySet[Any]]
    present: Callable[[Sequence[Any], str], Sequence[Hit]]
    filters: Sequence[SearchFilter] = field(default_factory=tuple)
    best_bets: Callable[[str, str, str], Sequence[Hit]] = lambda query, language, frame: ()
    newest_first: Sequence[str] = ("-pk",)


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
