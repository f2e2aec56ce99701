"""How often is searched for what, week by week; never by whom.

Counting happens in memory and is written after an answer has been sent, since SQLite has one
writer and a reader should not wait for it. What is not yet written when the process ends is lost.
"""

from __future__ import annotations

import datetime
import logging
import re
import time
from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Sum
from django.utils import timezone

from search import rates, suggestions
from search.folding import fold, runs, visible
from search.models import SearchWeek, SharedQuery
from search.models.statistics import MAX_QUERY_LENGTH
from search.suggestions import Entry, Source

logger = logging.getLogger(__name__)

KEPT_WEEKS = 26
# Whoever sends nonsense fills neither the memory nor the table.
MOST_IN_MEMORY = 5_000
MOST_IN_A_WEEK = 50_000
CLICKS_PER_MINUTE = 600
# A click may come before the process that answered the search has written it.
MOST_WAITS = 3

POPULAR_WEEKS = 4

# Six digits, also Chinese ones and with what stands between those of a telephone number, dashes of
# any length among it, may be the number of somebody.
_PERSONAL = re.compile(
    r"@|[\d〇零一二三四五六七八九](?:[\s().\-\u2010-\u2015]*[\d〇零一二三四五六七八九]){5}"
)


class Key(NamedTuple):
    """What is counted by: the fields that make a row of `SearchWeek` unique."""

    week: datetime.date
    language: str
    query: str


@dataclass(slots=True)
class Counts:
    """What is added to a row, and how often that has been tried while there was no row."""

    searches: int = 0
    empty: int = 0
    clicks: int = 0
    waits: int = 0


@dataclass
class Tally:
    """What was counted since it was last written, in this process."""

    counts: dict[Key, Counts] = field(default_factory=dict)
    written: float = field(default_factory=time.monotonic)
    lock: Lock = field(default_factory=Lock)

    def add(self, key: Key, **more: int) -> None:
        with self.lock:
            if key not in self.counts and len(self.counts) >= MOST_IN_MEMORY:
                return
            counts = self.counts.setdefault(key, Counts())
            for name, number in more.items():
                setattr(counts, name, getattr(counts, name) + number)

    def take(self) -> dict[Key, Counts]:
        """What there is to write; nothing of it is left."""
        with self.lock:
            taken, self.counts = self.counts, {}
            self.written = time.monotonic()
        return taken

    def give_back(self, taken: dict[Key, Counts]) -> None:
        for key, counts in taken.items():
            self.add(key, **asdict(counts))


_tally = Tally()


def record(query: str, language: str, found: int) -> None:
    """Count one search for `query` with `found` results. Takes no time and never fails."""
    if text := countable(query):
        _tally.add(Key(this_week(), language, text), searches=1, empty=int(not found))


def record_click(query: str, language: str) -> None:
    """Count that a result of `query` was opened, if it was searched this week; of too many in a
    minute, none is."""
    text = countable(query)
    if text and clicks_in_this_minute() <= CLICKS_PER_MINUTE:
        _tally.add(Key(this_week(), language, text), clicks=1)


def countable(query: str) -> str:
    """`query` as it is counted; empty where it says nothing, or may name a person."""
    text = " ".join(fold(visible(query[: 4 * MAX_QUERY_LENGTH])).split())
    if _PERSONAL.search(text) or not any(runs(text)):
        return ""
    return text[:MAX_QUERY_LENGTH].strip()


def clicks_in_this_minute() -> int:
    return rates.count_up(f"search-clicks-{int(time.time()) // rates.MINUTE}")


def this_week() -> datetime.date:
    """The Monday of this week."""
    today = timezone.localdate()
    return today - datetime.timedelta(days=today.weekday())


def weeks_ago(number: int) -> datetime.date:
    return this_week() - datetime.timedelta(weeks=number)


def write_when_due(**kwargs: Any) -> None:
    """Write what was counted, if that was not done just now. To be called after an answer."""
    pause = getattr(settings, "SEARCH_STATISTICS_SECONDS", 30)
    if _tally.counts and time.monotonic() - _tally.written >= pause:
        write()


def write() -> None:
    """Write what was counted. Never fails: what cannot be written is kept for the next time."""
    taken = _tally.take()
    try:
        without_row = _add_to_rows(taken)
    except Exception:
        logger.exception("Searches could not be counted; it is tried again.")
        _tally.give_back(taken)
    else:
        _tally.give_back(_clicks_that_wait(without_row))


@transaction.atomic
def _add_to_rows(taken: dict[Key, Counts]) -> dict[Key, Counts]:
    """Returns those for which there is no row. All processes take the rows in the same order, so
    that none waits for one that waits for it."""
    room = MOST_IN_A_WEEK - SearchWeek.objects.filter(week=this_week()).count()
    searched = [key for key, counts in taken.items() if counts.searches]
    rows = [SearchWeek(**key._asdict()) for key in sorted(searched[: max(room, 0)])]
    SearchWeek.objects.bulk_create(rows, ignore_conflicts=True)
    return {key: taken[key] for key in sorted(taken) if not _add_to_row(key, taken[key])}


def _add_to_row(key: Key, counts: Counts) -> int:
    """How many rows that were: one or none."""
    return SearchWeek.objects.filter(**key._asdict()).update(
        searches=F("searches") + counts.searches,
        empty=F("empty") + counts.empty,
        clicks=F("clicks") + counts.clicks,
    )


def _clicks_that_wait(without_row: dict[Key, Counts]) -> dict[Key, Counts]:
    """The clicks whose search may yet be written. Not for long: clicks alone fill no memory."""
    return {
        key: Counts(clicks=counts.clicks, waits=counts.waits + 1)
        for key, counts in without_row.items()
        if counts.clicks and counts.waits < MOST_WAITS
    }


def forget_old() -> int:
    """Delete what is older than `KEPT_WEEKS` weeks. Returns how many counts that were."""
    return SearchWeek.objects.filter(week__lt=weeks_ago(KEPT_WEEKS)).delete()[0]


def popular_queries(references: Any = None) -> list[Entry]:
    """What was searched of late, and found, and the province lets readers see."""
    recent = SearchWeek.objects.filter(is_shared(), week__gt=weeks_ago(POPULAR_WEEKS))
    if references is not None:
        recent = recent.filter(query__in=references)
    answered = Sum("searches") - Sum("empty")
    often = recent.values("language", "query").annotate(answered=answered)
    return [
        Entry(
            reference=row["query"],
            language=row["language"],
            text=row["query"],
            weight=min(50 + row["answered"].bit_length() * 4, 99),
        )
        for row in often.filter(answered__gt=0)
    ]


SOURCE = Source("query", popular_queries, helps=True)


def is_shared() -> Exists:
    """Of a row of `SearchWeek`: whether the province lets readers see its query."""
    return Exists(
        SharedQuery.objects.filter(language=OuterRef("language"), query=OuterRef("query"))
    )


def share(query: str, language: str) -> bool:
    """Let readers see `query`. False where nobody has searched for it."""
    if not SearchWeek.objects.filter(query=query, language=language).exists():
        return False
    SharedQuery.objects.get_or_create(query=query, language=language)
    suggestions.update(SOURCE.name, query)
    return True


def stop_sharing(query: str, language: str) -> None:
    """Let readers no longer see `query`."""
    SharedQuery.objects.filter(query=query, language=language).delete()
    suggestions.update(SOURCE.name, query)
