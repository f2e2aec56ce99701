"""What Elasticsearch finds in Chinese, in texts by chance, after changes, and how it takes hostile
input: as every other engine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.test_hostile_input import *  # noqa: F403
from tests.search.test_indexing import (  # noqa: F401
    test_a_deleted_object_is_forgotten,
    test_changing_an_object_changes_what_finds_it,
)
from tests.search.test_matching import *  # noqa: F403
from tests.search.test_same_hits import (  # noqa: F401
    articles,
    by_chance,
    test_searches,
    test_searches_while_typing,
    tokens,
)

# Whether any document has a pair of characters would have to be asked for each of them: here, a
# sound counts in every document that lacks the pair.
del test_what_sounds_alike_counts_only_for_what_is_written_nowhere  # noqa: F821

pytestmark = pytest.mark.server


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch
