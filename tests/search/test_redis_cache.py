"""A cache that is away is a miss, at once; what it kept before is not served after."""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import redis
from django.core.cache import caches
from django.test import override_settings

from search import circuit_breaker, rates, redis_cache
from search.circuit_breaker import CircuitBreaker
from search.redis_cache import RedisCache
from tests import services

#: Less than the library waits for one answer.
SOON = 5


@pytest.fixture(autouse=True)
def _short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circuit_breaker, "PAUSE", 0.2)


@pytest.fixture
def server() -> Iterator[str]:
    """A Redis of one's own, to be killed."""
    with services.redis_server() as url:
        yield url


def process_of(url: str) -> int:
    return int(redis.Redis.from_url(url).info()["process_id"])


@contextmanager
def frozen(url: str) -> Iterator[None]:
    process = process_of(url)
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def kill(url: str) -> None:
    os.kill(process_of(url), signal.SIGKILL)


def count_what_is_not_there(cache: RedisCache) -> str:
    try:
        return str(cache.incr("number"))
    except ValueError:
        return "nothing to count"


#: Every operation, and what it says of a cache that is away.
OPERATIONS: dict[str, tuple[Callable[[RedisCache], Any], Any]] = {
    "get": (lambda cache: cache.get("key", "miss"), "miss"),
    "set": (lambda cache: cache.set("key", 1), None),
    "add": (lambda cache: cache.add("key", 1), False),
    "touch": (lambda cache: cache.touch("key"), False),
    "delete": (lambda cache: cache.delete("key"), False),
    "has_key": (lambda cache: "key" in cache, False),
    "get_many": (lambda cache: cache.get_many(iter(["key", "other"])), {}),
    "set_many": (lambda cache: cache.set_many({"key": 1, "other": 2}), ["key", "other"]),
    "delete_many": (lambda cache: cache.delete_many(["key", "other"]), None),
    "incr": (count_what_is_not_there, "nothing to count"),
    "get_or_set": (lambda cache: cache.get_or_set("key", lambda: "made"), "made"),
    "clear": (lambda cache: cache.clear(), None),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_goes_on_without_it(name: str) -> None:
    cache = RedisCache(f"redis://127.0.0.1:{services.free_port()}/0", {})
    operation, answer = OPERATIONS[name]
    assert operation(cache) == answer


def test_nobody_is_told_the_password(caplog: pytest.LogCaptureFixture) -> None:
    url = f"redis://user:geheim@127.0.0.1:{services.free_port()}/0"
    assert RedisCache(url, {}).get("key") is None
    assert "does not answer" in caplog.text
    assert "geheim" not in caplog.text


@pytest.mark.server
def test_a_cache_that_is_there_keeps(server: str) -> None:
    cache = RedisCache(server, {})
    assert (cache.add("key", {"a": 1}), cache.add("key", 2), cache.get("key")) == (
        True,
        False,
        {"a": 1},
    )
    assert cache.set_many({"one": 1, "two": 2}) == []
    assert cache.get_many(["one", "two", "three"]) == {"one": 1, "two": 2}
    assert (cache.incr("one"), cache.decr("one"), cache.touch("one", 60)) == (2, 1, True)
    with pytest.raises(ValueError, match="three"):
        cache.incr("three")
    assert (cache.delete("one"), cache.has_key("one")) == (True, False)
    cache.clear()
    assert cache.get("two") is None


@pytest.mark.server
@pytest.mark.parametrize("how", ["killed", "frozen"])
def test_under_load_no_one_waits_long(
    how: str, server: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circuit_breaker, "PAUSE", 60)
    RedisCache(server, {}).set("key", "kept")
    if how == "killed":
        kill(server)
        missed = load(server)
    else:
        with frozen(server):
            missed = load(server)
    assert missed == {("miss", "nothing to count")}
    assert len([each for each in caplog.records if "does not answer" in each.message]) == 1


def load(url: str) -> set[tuple[Any, str]]:
    """What eight threads see that each ask a hundred times; in less than one of the library's
    time-outs."""

    def ask(_number: int) -> tuple[Any, str]:
        cache = RedisCache(url, {})
        cache.set("key", 1)
        return cache.get("key", "miss"), count_what_is_not_there(cache)

    began = time.monotonic()
    with ThreadPoolExecutor(8) as threads:
        seen = set(threads.map(ask, range(800)))
    assert time.monotonic() - began < SOON
    return seen


@pytest.mark.server
def test_what_could_not_be_deleted_is_not_served_afterwards(server: str) -> None:
    ours, theirs = RedisCache(server, {}), RedisCache(server, {})
    ours.set("roots", "as they were")
    with frozen(server):
        assert ours.delete("roots") is False
    services.wait_until(lambda: theirs.add("probe", 1), Running())
    assert theirs.get("roots") is None
    assert ours.get("roots") is None


@pytest.mark.server
def test_who_has_noticed_nothing_reads_nothing_old_either(server: str) -> None:
    """Another process, whose breaker is its own."""
    ours, theirs = RedisCache(server, {}), RedisCache(server, {})
    theirs._breaker = CircuitBreaker("Theirs", redis_cache.OUTAGES)
    theirs.set("roots", "as they were")
    with frozen(server):
        assert ours.delete("roots") is False
    services.wait_until(lambda: ours.add("probe", 1), Running())
    assert theirs.get("roots") is None
    theirs.set("roots", "as they are")
    assert ours.get("roots") == "as they are"
    ours.delete("roots")
    assert theirs.get("roots") is None


@pytest.mark.server
@pytest.mark.parametrize("empty", ["clear", "outage"])
def test_neighbours_are_spared_and_no_command_is_needed_to_empty_it(
    empty: str, server: str
) -> None:
    cache, raw = RedisCache(server, {}), redis.Redis.from_url(server)
    raw.execute_command("ACL", "SETUSER", "default", "-flushdb", "-flushall")  # type: ignore[no-untyped-call]
    raw.set("neighbour", "here")
    cache.set("key", "old", None)
    if empty == "clear":
        cache.clear()
    else:
        with frozen(server):
            cache.delete("key")
        services.wait_until(lambda: cache.add("probe", 1), Running())
    assert cache.get("key") is None
    cache.set("key", "new")
    assert cache.get("key") == "new"
    assert raw.get("neighbour") == b"here"
    kept = [key for key in raw.scan_iter() if key.endswith(b"key")]
    assert len(kept) == 2
    assert all(0 < raw.ttl(key) <= redis_cache.LONGEST for key in kept)


@pytest.mark.server
def test_what_redis_does_not_take_is_a_miss_by_itself(
    server: str, caplog: pytest.LogCaptureFixture
) -> None:
    cache = RedisCache(server, {})
    cache.set_many({"text": "no number", "key": "kept"})
    assert count_up(cache, "text") is None
    assert "does not take" in caplog.text
    assert cache.get_many(["text", "key"]) == {"text": "no number", "key": "kept"}


def count_up(cache: RedisCache, key: str) -> int | None:
    try:
        return cache.incr(key)
    except ValueError:
        return None


@pytest.mark.server
def test_a_redis_that_may_not_write_is_away(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it could not delete is not read once it writes again."""
    cache, raw = RedisCache(server, {}), redis.Redis.from_url(server)
    cache.set("key", "old")
    raw.replicaof("127.0.0.1", str(services.free_port()))
    assert cache.delete("key") is False
    raw.replicaof("NO", "ONE")
    services.wait_until(lambda: cache.add("probe", 1), Running())
    assert cache.get("key") is None


@pytest.mark.server
def test_a_redis_whose_disk_is_full_is_away(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(key: str) -> bool:
        raise redis.ResponseError("MISCONF Redis is configured to save RDB snapshots")

    cache = RedisCache(server, {})
    cache.set("key", "old")
    monkeypatch.setattr(cache._cache, "delete", refuse)
    assert cache.delete("key") is False
    services.wait_until(lambda: cache.add("probe", 1), Running())
    assert cache.get("key") is None


class Running:
    """What `services.wait_until` asks whether it still runs."""

    args = "the cache"

    def poll(self) -> None:
        return None


@pytest.mark.server
def test_what_cannot_be_read_is_a_miss_and_goes(server: str) -> None:
    cache = RedisCache(server, {})
    raw = redis.Redis.from_url(server)
    assert cache.get("key") is None  # by which it knows the generation of its keys
    gone = pickle.dumps(rates.MINUTE).replace(b"K<", b"cno.such.module\nGone\n")
    for value in (b"not a pickle", b"", gone):
        raw.set(cache.make_key("key"), value)
        raw.set(cache.make_key("other"), pickle.dumps("fine"))
        assert cache.get_many(["key", "other"]) == {"other": "fine"}
        assert cache.get("key", "miss") == "miss"
        assert cache.add("key", "new")


@pytest.mark.server
def test_a_cache_that_takes_nothing_is_a_miss(server: str) -> None:
    cache, raw = RedisCache(server, {}), redis.Redis.from_url(server)
    raw.config_set("maxmemory", "1")
    cache.set("key", "value")
    assert cache.get("key", "miss") == "miss"


def test_the_limiter_lets_through() -> None:
    backend = {
        "BACKEND": "search.redis_cache.RedisCache",
        "LOCATION": f"redis://127.0.0.1:{services.free_port()}/0",
    }
    with override_settings(CACHES={"default": backend}):
        assert isinstance(caches["default"], redis_cache.RedisCache)
        assert [rates.seconds_to_wait("192.0.2.1", most=1) for _ in range(5)] == [0] * 5
