"""The index is compared with what there is of pieces, which are read with their topics."""

from __future__ import annotations

from typing import Any

import pytest

from search.index_checking import missing
from stories.models import StoryPage
from tests.factories import make_line, make_piece

pytestmark = pytest.mark.django_db


class EmptyIndex:
    def known(self, model: Any, pks: Any) -> set[str]:
        return set()


def test_pieces_that_an_index_does_not_have() -> None:
    line = make_line()
    pieces = {make_piece(line.county).pk for _number in range(3)}
    index: Any = EmptyIndex()
    assert {piece.pk for piece in missing(index, StoryPage)} == pieces
