"""Elasticsearch keeps the same promises as every other engine: `test_query_contract`."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator

from tests.search.articles import Article
from tests.search.test_query_contract import *  # noqa: F403

pytestmark = [  # type: ignore[assignment]
    pytest.mark.server,
    pytest.mark.usefixtures("articles"),
]


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch


def test_counting_and_paging_search_once(  # type: ignore[no-redef]
    backend: Any, django_assert_num_queries: Any, one_request: None
) -> None:
    found = backend.search("校园 救护", Article)
    with django_assert_num_queries(1):
        paginator = Paginator(found, 2)
        assert paginator.count == 3
        assert len(list(paginator.page(1))) == 2
