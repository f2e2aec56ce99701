"""One text, one origin: what a higher branch offers, in the frame of those below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stories.models import ContentPage, ExplainerPage, StoryPage
from tests.factories import Line, make_line, make_piece, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def visit(path: str) -> Any:
    return Client().get(path)


def shared(piece: ContentPage, branch: str = "/changchun/nongan", section: str = "stories") -> str:
    return f"{branch}/{section}/shared/{piece.shared_name}/"


def test_it_is_shown_with_its_origin_as_canonical_address(line: Line) -> None:
    piece = make_piece(line.province, title="省里的", audience="below")
    response = visit(shared(piece))
    assert response.status_code == 200
    assert response.context["page"] == piece
    assert response.context["canonical"] == f"http://localhost{piece.url}"
    assert response.context["share_url"] == f"http://localhost{piece.url}"
    assert (response.context["origin"].title, response.context["origin"].url) == ("吉林省", "/")
    assert visit(piece.url).context["origin"] is None
    content = response.content.decode()
    assert f'<link rel="canonical" href="http://localhost{piece.url}">' in content


def test_it_is_offered_at_every_level_below_and_nowhere_else(line: Line) -> None:
    piece = make_piece(line.city, audience="below")
    assert visit(shared(piece)).status_code == 200
    assert visit(shared(piece, "/changchun/yushu")).status_code == 200
    assert visit(shared(piece, "/yanbian")).status_code == 404
    assert visit(shared(piece, "/changchun")).status_code == 404
    assert visit(shared(piece, "")).status_code == 404


def test_only_in_the_section_of_its_type(line: Line) -> None:
    piece = make_piece(line.city, ExplainerPage, audience="below")
    assert visit(shared(piece, section="explainers")).status_code == 200
    assert visit(shared(piece, section="stories")).status_code == 404


def test_what_is_meant_for_the_own_branch_is_not_offered(line: Line) -> None:
    assert visit(shared(make_piece(line.city))).status_code == 404


def test_withdrawn_it_disappears_everywhere(line: Line) -> None:
    piece: StoryPage = make_piece(line.city, title="收回的", audience="below")
    assert "收回的" in visit("/changchun/nongan/stories/").content.decode()
    piece.audience = "own"
    publish(piece.save_revision())
    assert visit(shared(piece)).status_code == 404
    assert "收回的" not in visit("/changchun/nongan/stories/").content.decode()
    piece.audience = "below"
    publish(piece.save_revision())
    StoryPage.objects.get(pk=piece.pk).unpublish()
    assert visit(shared(piece)).status_code == 404


def test_two_branches_may_offer_pieces_of_the_same_name(line: Line) -> None:
    city = make_piece(line.city, title="市的", slug="same", audience="below")
    province = make_piece(line.province, title="省的", slug="same", audience="below")
    assert visit(shared(city)).context["piece"].title == "市的"
    assert visit(shared(province)).context["piece"].title == "省的"


@pytest.mark.parametrize(
    "rest", ["shared/", "shared/x/", "shared/x/y/", "feed/x/", "x/", "x/feed/"]
)
def test_what_is_no_offered_piece_is_missing(line: Line, rest: str) -> None:
    assert visit(f"/changchun/nongan/stories/{rest}").status_code == 404
