from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction


@pytest.fixture(autouse=True)
def _nothing_cached() -> Iterator[None]:
    """Wagtail keeps the roots of the site in Django's cache, which outlives a test's database."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def kept_for_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Calls a function that fills the database, and keeps what it made for all tests of a module.

    Each test still runs in a transaction of its own, inside the one that is open here.
    """
    everything = transaction.atomic()
    with django_db_blocker.unblock():
        everything.__enter__()

    def keep(make: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return make()

    yield keep
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)
