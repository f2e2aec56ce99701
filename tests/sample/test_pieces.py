"""Sample pieces are loaded once."""

from __future__ import annotations

import pytest

from sample.pieces import missing
from sample.texts import Piece
from stories.models import StoryPage
from tests.factories import make_branch, make_piece

pytestmark = pytest.mark.django_db


def test_a_sample_piece_that_was_deleted_is_not_loaded_again() -> None:
    province = make_branch("jilin")
    pieces = [Piece(province.code, kind, slug, {}) for kind in ("story", "news") for slug in "ab"]
    make_piece(province, slug="a")
    make_piece(province, slug="b", live=False)
    StoryPage.objects.get(slug="a").delete()
    assert missing(pieces, {province.code: province}) == pieces[2:]
    assert missing(pieces, {}) == []
