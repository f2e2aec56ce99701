"""Cache in Redis that is a miss, at once, while Redis is away, full, frozen or unreadable.

    CACHES = {"default": {"BACKEND": "search.redis_cache.RedisCache", "LOCATION": "redis://…"}}

Django's backend raises, after the library has waited 5 seconds. Here a call waits for a fraction
of a second, and none for some seconds after that (`search.circuit_breaker`). What could not be
deleted meanwhile is out of date, so the first thing after an outage is to empty the database of
Redis, which therefore should hold nothing but this cache.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends import redis as stock
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from redis import exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

from search.circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)

#: Seconds to wait for a connection, and for an answer.
TIMEOUT = 0.5
OPTIONS = {
    "socket_connect_timeout": TIMEOUT,
    "socket_timeout": TIMEOUT,
    # A connection that Redis has closed since is opened anew; nothing else is tried twice.
    "retry": Retry(NoBackoff(), 1, (exceptions.ConnectionError,)),
}
#: In place of a value that is not to be read.
UNREADABLE = object()

#: By address: Django makes a backend for each thread.
_breakers: dict[tuple[str, ...], CircuitBreaker] = {}


class Serializer(stock.RedisSerializer):
    """What an earlier version of some package has left here may not be readable by this one."""

    def loads(self, data: Any) -> Any:
        try:
            return super().loads(data)
        except Exception:
            logger.warning("A value in the cache cannot be read, and is a miss.", exc_info=True)
            return UNREADABLE


class RedisCache(stock.RedisCache):
    """Each operation answers as if the cache were empty and kept nothing, while it is away."""

    _options: dict[str, Any]
    _servers: list[str]

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._options = {"serializer": Serializer, **OPTIONS, **self._options}
        self._call = breaker_of(tuple(self._servers), super().clear).call

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        return self._call(False, super().add, key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        value = self._call(default, super().get, key, default, version)
        if value is UNREADABLE:
            self.delete(key, version)
            return default
        return value

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        self._call(None, super().set, key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return self._call(False, super().touch, key, timeout, version)

    def delete(self, key: Any, version: Any = None) -> bool:
        return self._call(False, super().delete, key, version)

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        wanted = list(keys)
        found = self._call({}, super().get_many, wanted, version) if wanted else {}
        return {key: value for key, value in found.items() if value is not UNREADABLE}

    def has_key(self, key: Any, version: Any = None) -> bool:
        return self._call(False, super().has_key, key, version)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """ValueError where there is nothing to count, as in any cache of Django's."""
        count = self._call(None, super().incr, key, delta, version)
        if count is None:
            raise ValueError(f"Key {key!r} not found.")
        return count

    def set_many(
        self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> list[Any]:
        """Returns the keys that were not kept."""
        return self._call(list(data), super().set_many, data, timeout, version)

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        self._call(None, super().delete_many, list(keys), version)

    def clear(self) -> None:
        self._call(None, super().clear)


def breaker_of(servers: tuple[str, ...], recover: Callable[[], object]) -> CircuitBreaker:
    """The one of `servers`, whose users and passwords nobody is told."""
    if servers not in _breakers:
        name = f"The cache at {' '.join(server.rpartition('@')[2] for server in servers)}"
        breaker = CircuitBreaker(name, (exceptions.RedisError, OSError), recover)
        _breakers.setdefault(servers, breaker)
    return _breakers[servers]
