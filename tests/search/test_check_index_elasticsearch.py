"""`check_index` on Elasticsearch."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.test_check_index import (  # noqa: F401
    test_nothing_differs_after_indexing,
    test_what_is_missing_outdated_and_surplus_is_put_right,
)

pytestmark = pytest.mark.server


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch
