"""Reads public pages as the first visitor after a restart does: with nothing cached."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(path: str) -> list[str]:
    """The queries that a visit to `path` costs. AssertionError where it is no page."""
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(path)
    assert response.status_code == 200, path
    return [query["sql"] for query in captured.captured_queries]
