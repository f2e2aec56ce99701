"""Elasticsearch keeps the same promises as every other engine: `test_related_contract`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.test_related_contract import *  # noqa: F403

pytestmark = [  # type: ignore[assignment]
    pytest.mark.server,
    pytest.mark.usefixtures("books"),
]


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch
