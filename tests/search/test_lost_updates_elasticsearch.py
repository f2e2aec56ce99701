"""The same on Elasticsearch, whose rebuild is tested in `test_elasticsearch_rebuild`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.test_lost_updates import (  # noqa: F401
    meanwhile,
    test_a_change_is_kept,
    test_what_goes_and_comes_again_is_kept,
    test_what_is_deleted_stays_away,
    test_what_is_never_the_same_is_written_some_times,
)

pytestmark = pytest.mark.server


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch
