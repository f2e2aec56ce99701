"""Cache in Redis that is a miss, at once, while Redis is away, full, frozen or unreadable.

    CACHES = {"default": {"BACKEND": "search.redis_cache.RedisCache", "LOCATION": "redis://…"}}

Django's backend raises, after the library has waited 5 seconds. Here a call waits for a fraction
of a second, and none for some seconds after that (`search.circuit_breaker`). What could not be
deleted meanwhile is out of date, so the first thing after an outage is to begin a new generation
of keys (namespace versioning, as with memcached): those of the old are asked for no more, and
expire. The generation is kept in Redis and read with each operation, so that all processes are
of one mind; what else is in the same database of Redis is spared.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import uuid4

from django.core.cache.backends import redis as stock
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from redis import Redis, exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

from search.circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds to wait for a connection, and for an answer.
TIMEOUT = 0.5
OPTIONS = {
    "socket_connect_timeout": TIMEOUT,
    "socket_timeout": TIMEOUT,
    # A connection that Redis has closed since is opened anew; nothing else is tried twice.
    "retry": Retry(NoBackoff(), 1, (exceptions.ConnectionError,)),
}
#: What says that Redis does not answer, or takes nothing, so that nothing can be deleted either.
OUTAGES: tuple[type[Exception], ...] = (
    *(exceptions.ConnectionError, exceptions.TimeoutError, OSError),
    *(exceptions.OutOfMemoryError, exceptions.ReadOnlyError, exceptions.MasterDownError),
)
#: How the answer begins of a Redis that cannot write its file, and takes nothing until it can.
DISK_TROUBLE = "MISCONF"
#: Seconds after which all goes, also what is to stay for ever: nobody deletes old generations.
LONGEST = 30 * 24 * 3600
#: In place of a value that is not to be read.
UNREADABLE = object()

#: By prefix and address: Django makes a backend for each thread.
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
    """Each operation answers as if the cache were empty and kept nothing, while it is away; and
    one alone, where Redis does not take it."""

    _options: dict[str, Any]
    _servers: list[str]

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._options = {"serializer": Serializer, **OPTIONS, **self._options}
        self._generation = ""
        self._breaker = breaker_of((self.key_prefix, *self._servers), self._begin_generation)

    def make_key(self, key: Any, version: Any = None) -> str:
        return f"{self._generation}:{super().make_key(key, version)}"

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> int:
        seconds = super().get_backend_timeout(timeout)
        return LONGEST if seconds is None else int(min(seconds, LONGEST))

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
        found: dict[Any, Any] = self._call({}, super().get_many, wanted, version) if wanted else {}
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
        self._call(None, self._begin_generation)

    def _call(self, otherwise: T, do: Callable[..., T], *args: Any) -> T:
        """What `do` returns; `otherwise` where Redis is away, or does not take this."""
        try:
            return self._breaker.call(otherwise, self._ask, do, *args)
        except exceptions.RedisError as error:
            logger.warning("The cache does not take what it is asked: %s", error)
            return otherwise

    def _ask(self, do: Callable[..., T], *args: Any) -> T:
        try:
            self._generation = self._read_generation()
            return do(*args)
        except exceptions.ResponseError as error:
            if DISK_TROUBLE in str(error):
                raise exceptions.ReadOnlyError(str(error)) from error
            raise

    def _read_generation(self) -> str:
        """The generation that all processes use now. Where there is none, Redis has lost it, and
        the new one must be one that never was."""
        client: Redis = self._cache.get_client(write=True)
        kept: Any = client.get(self._generation_key)
        if kept is None:
            client.set(self._generation_key, uuid4().hex, nx=True)
            kept = client.get(self._generation_key) or b""
        return str(kept, "ascii")

    def _begin_generation(self) -> None:
        """What has been kept until now is read by nobody any more."""
        self._cache.get_client(write=True).set(self._generation_key, uuid4().hex)

    @property
    def _generation_key(self) -> str:
        return f"{self.key_prefix}:generation"


def breaker_of(cache: tuple[str, ...], recover: Callable[[], object]) -> CircuitBreaker:
    """The one of `cache` (prefix and servers, whose users and passwords nobody is told)."""
    if cache not in _breakers:
        name = f"The cache at {' '.join(server.rpartition('@')[2] for server in cache[1:])}"
        _breakers.setdefault(cache, CircuitBreaker(name, OUTAGES, recover))
    return _breakers[cache]
