"""A search engine that does not answer: everybody else is spared the wait.

After one request that goes unanswered, none is made for a while; one is then let through to see
whether the engine is back. The state is in Django's cache, so processes that share a cache share
what they learn. No table is needed here; `search.pending` keeps what could not be written.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.core.cache import cache

logger = logging.getLogger(__name__)

#: Seconds for which an engine that did not answer is left alone.
PAUSE = 30
#: Seconds after which an outage that nobody has noticed since is forgotten.
MEMORY = 24 * 3600


class EngineDown(Exception):
    """The engine does not answer."""


class IndexMissing(EngineDown):
    """The engine answers, but lacks the index that it is asked for. Others may be there."""


class Refused(Exception):
    """The engine answers, but does not take what it is asked or told: a mistake of ours, or a
    limit of its."""


class Outage(NamedTuple):
    """An engine that has not answered `since`, and is left alone `until` (seconds of the epoch)."""

    since: float
    until: float


class Line:
    """The way to one engine, known by the `name` of its backend."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._key = f"search-outage:{name}"

    @contextmanager
    def open(self) -> Iterator[None]:
        """Around one request, which raises EngineDown if the engine does not answer, and Refused
        if it answers no. While it is known to be down, EngineDown comes at once."""
        outage: Outage | None = cache.get(self._key)
        if outage is not None:
            self._wait_for(outage)
        try:
            yield
        except IndexMissing as error:
            self._complain(error)
            self.restore()
            raise
        except EngineDown as error:
            self._cut(outage, error)
            raise
        except Refused:
            self.restore()
            raise
        if outage is not None:
            self.restore()

    def restore(self) -> None:
        """The engine answers: everybody may ask it again."""
        if cache.delete(self._key):
            logger.warning("The search engine of %r answers again.", self.name)

    def _complain(self, error: IndexMissing) -> None:
        """Log what is missing, not at each request."""
        if cache.add(f"{self._key}:index", True, PAUSE):
            logger.error("The search engine of %r lacks an index: %s", self.name, error)

    def _wait_for(self, outage: Outage) -> None:
        now = time.time()
        if now < outage.until:
            raise EngineDown(f"The search engine of {self.name!r} is left alone for a while.")
        cache.set(self._key, outage._replace(until=now + PAUSE), MEMORY)

    def _cut(self, outage: Outage | None, error: EngineDown) -> None:
        now = time.time()
        since = outage.since if outage else now
        cache.set(self._key, Outage(since, now + PAUSE), MEMORY)
        if outage is None:
            logger.error("The search engine of %r does not answer: %s", self.name, error)
