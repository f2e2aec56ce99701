from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_cached() -> Iterator[None]:
    """Wagtail keeps the roots of the site in Django's cache, which outlives a test's database."""
    cache.clear()
    yield
    cache.clear()
