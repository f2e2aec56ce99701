"""What Elasticsearch finds in Chinese, and how it takes hostile input: as every other engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.test_hostile_input import *  # noqa: F403
from tests.search.test_matching import *  # noqa: F403

pytestmark = pytest.mark.server


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch
