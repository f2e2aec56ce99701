"""A search engine that does not answer: everybody else is spared the wait.

After one request that goes unanswered, none is made for a while; one is then let through to see
whether the engine is back. Each process knows that for itself (`search.circuit_breaker`), so that
it holds while the cache is away too. The cache has a hint for those that have not asked yet. No
table is needed here; `search.pending` keeps what could not be written.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from search.circuit_breaker import CircuitBreaker, LeftAlone

logger = logging.getLogger(__name__)

#: Seconds for which an engine that did not answer is left alone.
PAUSE = 30

#: By the name of the engine: its backend is made anew for each search.
_breakers: dict[str, CircuitBreaker] = {}


class EngineDown(Exception):
    """The engine does not answer."""


class IndexMissing(EngineDown):
    """The engine answers, but lacks the index that it is asked for. Others may be there."""


class Refused(Exception):
    """The engine answers, but does not take what it is asked or told: a mistake of ours, or a
    limit of its."""


class Line:
    """The way to one engine, known by the `name` of its backend."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._key = f"search-outage:{name}"
        self._breaker = breaker_of(name)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Around one request, which raises EngineDown if the engine does not answer, and Refused
        if it answers no. While it is known to be down, EngineDown comes at once."""
        if not self._breaker.is_resting():
            self._take_the_hint()
        answer: Exception | None = None
        try:
            with self._breaker.attempt() as tries:
                try:
                    yield
                except (IndexMissing, Refused) as error:
                    answer = error
                    self._complain(error)
        except LeftAlone as error:
            raise EngineDown(str(error)) from error
        except EngineDown:
            cache.set(self._key, time.time() + PAUSE, PAUSE)
            raise
        if tries:
            cache.delete(self._key)
        if answer is not None:
            raise answer

    def restore(self) -> None:
        """The engine answers: everybody may ask it again."""
        self._breaker.reset()
        cache.delete(self._key)

    def _take_the_hint(self) -> None:
        """Leave the engine alone as long as another process does, which has found it down."""
        seconds = cache.get(self._key, 0) - time.time()
        if seconds > 0:
            self._breaker.rest(seconds)

    def _complain(self, error: IndexMissing | Refused) -> None:
        """Log what is missing, not at each request. Who is refused says so where it matters."""
        if isinstance(error, IndexMissing) and cache.add(f"{self._key}:index", True, PAUSE):
            logger.error("The search engine of %r lacks an index: %s", self.name, error)


def breaker_of(name: str) -> CircuitBreaker:
    """The one of the engine of that name."""
    called = f"The search engine of {name!r}"
    return _breakers.setdefault(name, CircuitBreaker(called, (EngineDown,), pause=PAUSE))
