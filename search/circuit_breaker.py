"""Circuit breaker: a service that has failed once is left alone for a while, by all threads.

One caller is then let through to see whether it is back (half open); the others go on without it.
The state belongs to the process, for it must be known also while every other service is away.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds for which a service that has failed is left alone.
PAUSE = 5.0


class LeftAlone(Exception):
    """The service has failed of late, and is not asked."""


class CircuitBreaker:
    """Around every call of the service `name`, which fails by raising one of `errors`.

    :param recover: asks the service for something after an outage, before anybody uses it again;
        without it the first call that is answered ends the outage.
    """

    def __init__(
        self,
        name: str,
        errors: tuple[type[Exception], ...],
        recover: Callable[[], object] | None = None,
        pause: float | None = None,
    ) -> None:
        self.name = name
        self.pause = PAUSE if pause is None else pause
        self._errors = errors
        self._recover = recover
        self._lock = Lock()
        #: When the next one may try; None while the service answers.
        self._again_at: float | None = None

    def call(self, otherwise: T, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `do` returns; `otherwise` where the service fails, or is left alone."""
        try:
            with self.attempt():
                return do(*args, **kwargs)
        except LeftAlone:
            return otherwise
        except self._errors:
            return otherwise

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Around one call, which is told whether it is the one that tries after an outage.
        LeftAlone where nobody may call. An error that is none of the service's says nothing."""
        tries = self._enter()
        try:
            if tries and self._recover:
                self._recover()
                self.reset()
            yield tries
        except self._errors as error:
            self.trip(error)
            raise
        if tries:
            self.reset()

    @property
    def is_open(self) -> bool:
        """Whether the service has failed, and has not answered since."""
        return self._again_at is not None

    def is_resting(self) -> bool:
        """Whether nobody may call now."""
        again_at = self._again_at
        return again_at is not None and time.monotonic() < again_at

    def trip(self, why: object) -> None:
        """The service does not answer: leave it alone."""
        if self.rest(self.pause):
            logger.error("%s does not answer, and is left alone for a while: %s", self.name, why)

    def rest(self, seconds: float) -> bool:
        """Leave the service alone for `seconds`. Whether that is new."""
        with self._lock:
            is_new = self._again_at is None
            self._again_at = time.monotonic() + seconds
        return is_new

    def reset(self) -> None:
        """The service answers: everybody may call it."""
        with self._lock:
            was_open, self._again_at = self.is_open, None
        if was_open:
            logger.warning("%s answers again.", self.name)

    def _enter(self) -> bool:
        """Whether who asks is the one to try, of those who ask when the pause is over."""
        if not self.is_open:
            return False
        with self._lock:
            now = time.monotonic()
            if self._again_at is not None and now < self._again_at:
                raise LeftAlone(f"{self.name} is left alone for a while.")
            if tries := self.is_open:
                self._again_at = now + self.pause
        return tries
