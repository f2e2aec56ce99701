"""With Redis killed or frozen the site reads, is searched, and approves as ever."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from django.test import Client

from search import circuit_breaker
from tests import services
from tests.branches.approval import Approval

pytestmark = pytest.mark.django_db

#: Seconds that the library would wait for one answer.
ONE_TIMEOUT = 5
ADDRESSES = (
    *("/", "/changchun/nongan/", "/changchun/nongan/stories/", "/branches/", "/feed/"),
    *("/search/?q=救护", "/api/search/?q=救护", "/sitemap.xml", "/search/suggest/?q=j"),
)


@pytest.fixture
def use(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the site use the Redis at an address."""
    monkeypatch.setattr(circuit_breaker, "PAUSE", 1.0)

    def use(url: str) -> None:
        backend = {"BACKEND": "search.redis_cache.RedisCache", "LOCATION": url}
        settings.CACHES = {"default": backend}

    return use


def everything_works(approval: Approval) -> None:
    began = time.monotonic()
    assert approval.give().status_code == 302
    assert approval.is_done()
    answers = {address: Client().get(address).status_code for address in ADDRESSES}
    assert answers == dict.fromkeys(ADDRESSES, 200)
    assert Client().get("/nowhere/").status_code == 404
    assert time.monotonic() - began < ONE_TIMEOUT


def test_without_redis(use: Callable[[str], None]) -> None:
    approval = Approval()
    use(f"redis://127.0.0.1:{services.free_port()}/0")
    everything_works(approval)


@pytest.fixture
def own_redis() -> Iterator[str]:
    with services.redis_server() as url:
        yield url


@pytest.mark.server
def test_while_redis_is_frozen_and_after(own_redis: str, use: Callable[[str], None]) -> None:
    approval = Approval()
    process = int(redis.Redis.from_url(own_redis).info()["process_id"])
    use(own_redis)
    assert Client().get("/").status_code == 200
    os.kill(process, signal.SIGSTOP)
    try:
        everything_works(approval)
    finally:
        os.kill(process, signal.SIGCONT)
    assert Client().get("/").status_code == 200
