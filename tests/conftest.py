"""Fixtures for every app: the real programs that tests marked ``server`` ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.testcases import DatabaseOperationForbidden

from search import dictionary, outage
from search.dictionary import Dictionary
from tests import services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="session", autouse=True)
def _media_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests upload out of the project's own media folder."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield


@pytest.fixture(scope="session", autouse=True)
def _dictionary_without_a_database() -> Iterator[None]:
    """Where a test may not ask the database, the dictionary that ships is in force."""

    def in_force() -> Dictionary:
        try:
            return ask()
        except (DatabaseOperationForbidden, RuntimeError):
            return dictionary.shipped()

    ask = dictionary.set_provider(in_force)
    yield
    dictionary.set_provider(ask)


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    """Forget what the tests before have cached of a database that is rolled back since, and
    which search engines were away."""
    cache.clear()
    outage._breakers.clear()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The ``DATABASE_URL`` of an empty PostgreSQL database."""
    with services.postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The ``REDIS_URL`` of an empty Redis."""
    with services.redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The ``ELASTICSEARCH_URL`` of an empty Elasticsearch.

    TEST_ELASTICSEARCH_URL names one that runs already, to save its start.
    """
    if url := os.environ.get("TEST_ELASTICSEARCH_URL"):
        yield url
        return
    with services.elasticsearch_server() as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright.

    Playwright keeps an event loop in this thread, in which Django would refuse to touch the
    database; nothing else runs in that loop, so it is told not to mind. In the loop Django makes a
    connection anew, which has to know as well what to put back after a test.
    """
    from playwright.sync_api import sync_playwright

    program = services.find_chromium()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    contents = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright:
        if contents is not None:
            connection._test_serialized_contents = contents  # type: ignore[attr-defined]
        chromium = playwright.chromium.launch(
            executable_path=program, args=list(services.CHROMIUM_FLAGS)
        )
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser without history, as wide as a phone, in Chinese."""
    context = browser.new_context(locale="zh-CN", viewport=PHONE)
    yield context.new_page()
    context.close()
