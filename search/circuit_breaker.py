"""Circuit breaker: a service that has failed once is left alone for a while, by all threads.

One caller is then let through to see whether it is back (half open); the others go on without it.
The state belongs to the process. (`search.outage` shares its own in the cache; this one is for
what the cache itself stands on.)
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds for which a service that has failed is left alone.
PAUSE = 5.0


class CircuitBreaker:
    """Around every call of the service `name`, which fails by raising one of `errors`.

    :param recover: asks the service for something after an outage, before anybody uses it again.
    """

    def __init__(
        self, name: str, errors: tuple[type[Exception], ...], recover: Callable[[], object]
    ) -> None:
        self.name = name
        self.pause = PAUSE
        self._errors = errors
        self._recover = recover
        self._lock = Lock()
        #: When the next one may try; None while the service answers.
        self._again_at: float | None = None

    def call(self, otherwise: T, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `do` returns; `otherwise` where the service fails, or is left alone."""
        try:
            return do(*args, **kwargs) if self._is_closed() else otherwise
        except self._errors as error:
            self._open(error)
            return otherwise

    def _is_closed(self) -> bool:
        """Whether the service may be used. Of those who ask when its pause is over, one tries."""
        if self._again_at is None:
            return True
        with self._lock:
            now = time.monotonic()
            if self._again_at is None or now < self._again_at:
                return self._again_at is None
            self._again_at = now + self.pause
        self._recover()
        with self._lock:
            self._again_at = None
        logger.warning("%s answers again.", self.name)
        return True

    def _open(self, error: Exception) -> None:
        with self._lock:
            is_new = self._again_at is None
            self._again_at = time.monotonic() + self.pause
        if is_new:
            logger.error("%s does not answer; all goes on without it: %s", self.name, error)
