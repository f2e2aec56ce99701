"""Old addresses lead to where a page is now, in one hop, with what is served below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from branches.models import Branch
from branches.provisioning import provision
from stories.models import ContentPage, NewsPage, StoryPage, StorySection
from tests.factories import Line, branch_page, make_branch, make_line, make_piece, publish, section
from tests.home.public_site import _nothing_cached, kept_for_module

__all__ = ["_nothing_cached", "kept_for_module"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def leads(address: str) -> str:
    """Where `address` leads in one hop, to something that is there."""
    response = Client().get(address)
    assert response.status_code == 301, address
    assert Client().get(response["Location"]).status_code == 200, response["Location"]
    return str(response["Location"])


def status(address: str) -> int:
    return int(Client().get(address).status_code)


def move(piece: Any, branch: Branch) -> StoryPage:
    piece = StoryPage.objects.get(pk=piece.pk)
    piece.move(section(branch), pos="last-child")
    return StoryPage.objects.get(pk=piece.pk)


def rename(branch: Branch, slug: str, **values: Any) -> None:
    branch = Branch.objects.get(pk=branch.pk)
    branch.slug = slug
    for name, value in values.items():
        setattr(branch, name, value)
    branch.save()
    for page in branch.pages.select_related("locale"):
        provision(branch, page.locale)


def shared(piece: ContentPage, branch: str = "/changchun/nongan") -> str:
    return f"{branch}/stories/shared/{piece.shared_name}/"


def test_several_moves_are_one_hop(line: Line) -> None:
    piece = make_piece(line.county)
    first, second = piece.url, move(piece, line.other_county).url
    third = move(piece, line.city).url
    assert leads(first) == leads(second) == third


def test_there_and_back_is_no_loop(line: Line) -> None:
    piece = make_piece(line.county)
    away = move(piece, line.other_county).url
    move(piece, line.county)
    assert status(piece.url) == 200
    assert leads(away) == piece.url


def test_what_is_below_a_renamed_city_goes_with_it(line: Line) -> None:
    piece = make_piece(line.county)
    rename(line.city, "changchun-shi")
    rest = ("", "stories/", "stories/feed/", "news/?topic=blood&page=2", "nongan/", "nongan/news/")
    for below in (*rest, "nongan/services/", "nongan/stories/feed/?topic=blood"):
        assert leads(f"/changchun/{below}") == f"/changchun-shi/{below}"
    assert leads(piece.url) == f"/changchun-shi/nongan/stories/{piece.slug}/"
    assert leads(piece.url.rstrip("/")) == f"/changchun-shi/nongan/stories/{piece.slug}/"


def test_every_change_on_the_way_is_one_hop(line: Line) -> None:
    piece = make_piece(line.county)
    move(piece, line.other_county)
    rename(line.city, "changchun-shi")
    rename(line.county, "nongan-xian", parent=line.other_city)
    rename(line.other_county, "yushu-shi")
    rename(line.city, "changchun-city")
    new = f"/changchun-city/yushu-shi/stories/{piece.slug}/"
    for old in (
        piece.url,
        f"/changchun-shi/nongan/stories/{piece.slug}/",
        f"/yanbian/nongan-xian/stories/{piece.slug}/",
        f"/changchun/yushu/stories/{piece.slug}/",
    ):
        assert leads(old) == new
    assert leads("/changchun/nongan/stories/feed/") == "/yanbian/nongan-xian/stories/feed/"


def test_a_redirect_costs_the_same_for_any_number_of_pages(line: Line) -> None:
    pieces = [make_piece(line.county) for _number in range(3)]
    rename(line.city, "changchun-shi")

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            leads_to = Client().get(address).get("Location")
        assert leads_to
        return len(queries)

    before = cost(pieces[0].url)
    for number in range(3):
        make_piece(make_branch(f"more{number}", Branch.objects.get(slug="changchun-shi")))
    assert cost(pieces[2].url) == before <= 7


def test_what_is_missing_stays_missing(line: Line) -> None:
    rename(line.city, "changchun-shi")
    for rest in ("nothing/", "stories/20200101/", "stories/feed/x/", "stories/shared/x-1/"):
        assert status(f"/changchun/{rest}") == 404
        assert status(f"/changchun-shi/{rest}") == 404


def test_a_draft_leaves_no_redirect(line: Line) -> None:
    draft = make_piece(line.county, live=False)
    moved = move(draft, line.other_county)
    publish(moved.latest_revision)
    assert status(StoryPage.objects.get(pk=draft.pk).url) == 200
    assert status(draft.url) == 404


def test_what_is_offline_is_missing_at_each_address_until_it_is_back(line: Line) -> None:
    piece = make_piece(line.county)
    moved = move(piece, line.other_county)
    moved.unpublish()
    assert (status(piece.url), status(moved.url)) == (404, 404)
    publish(StoryPage.objects.get(pk=piece.pk).latest_revision)
    assert leads(piece.url) == moved.url


def test_what_is_deleted_after_a_move_is_missing(line: Line) -> None:
    piece = make_piece(line.county)
    moved = move(piece, line.other_county)
    StoryPage.objects.get(pk=piece.pk).delete()
    assert (status(piece.url), status(moved.url)) == (404, 404)


def test_what_is_restricted_is_not_led_to(line: Line) -> None:
    piece = make_piece(line.county)
    move(piece, line.other_county)
    page = branch_page(line.other_county)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert status(piece.url) == 404


def test_each_language_has_its_own_redirects(line: Line) -> None:
    korean = Locale.objects.create(language_code="ko")
    provision(line.county, korean)
    story = StoryPage(title="이야기", summary="요약", live=False)
    StorySection.objects.get(branch=line.county, locale=korean).add_child(instance=story)
    publish(story.save_revision(clean=False))
    rename(line.county, "nongan-xian")
    new = f"/ko/changchun/nongan-xian/stories/{story.slug}/"
    assert leads(f"/ko/changchun/nongan/stories/{story.slug}/") == new
    assert leads("/changchun/nongan/stories/") == "/changchun/nongan-xian/stories/"
    assert status(f"/changchun/nongan/stories/{story.slug}/") == 404


def test_a_redirect_is_kept_by_caches_no_longer_than_a_page(line: Line) -> None:
    """A piece may come back to where it was."""
    rename(line.city, "changchun-shi")
    assert Client().get("/changchun/")["Cache-Control"].startswith("public, max-age=60")


def test_an_offered_piece_is_found_in_the_frame_of_a_branch_that_was_renamed(line: Line) -> None:
    piece = make_piece(line.province, audience="below")
    rename(line.county, "nongan-xian", parent=line.other_city)
    assert leads(shared(piece)) == shared(piece, "/yanbian/nongan-xian")


def test_an_offered_piece_keeps_its_old_name_when_its_branch_is_renamed(line: Line) -> None:
    piece = make_piece(line.city, audience="below")
    name = f"shared/changchun-{piece.slug}/"
    rename(line.city, "changchun-shi")
    rename(line.city, "changchun-city")
    new = f"/changchun-city/nongan/stories/shared/changchun-city-{piece.slug}/"
    for city in ("changchun", "changchun-shi", "changchun-city"):
        assert leads(f"/{city}/nongan/stories/{name}") == new


def test_an_offered_piece_keeps_its_old_name_when_it_moves(line: Line) -> None:
    make_piece(line.province)
    piece = make_piece(line.city, audience="below", slug="20261101-7")
    old = shared(piece)
    move(piece, line.province)
    assert leads(old) == "/changchun/nongan/stories/shared/jilin-20261101-7/"
    own = move(piece, line.county)
    assert leads(old) == own.url
    elsewhere = move(piece, line.other_city)
    assert leads(old) == elsewhere.url
    assert status(shared(piece, "/yanbian")) == 404  # nothing was ever there


def test_what_is_no_longer_offered_is_missing_by_its_old_name(line: Line) -> None:
    piece = make_piece(line.city, audience="below")
    old = shared(piece)
    rename(line.city, "changchun-shi")
    assert status(old) == 301
    piece = StoryPage.objects.get(pk=piece.pk)
    piece.audience = "own"
    publish(piece.save_revision())
    assert status(old) == 404


def test_an_old_name_is_not_taken_for_another_type(line: Line) -> None:
    story = make_piece(line.city, audience="below", title="故事")
    news = make_piece(line.city, NewsPage, audience="below", title="新闻")
    assert story.slug == news.slug
    old = shared(story)
    rename(line.city, "changchun-shi")
    response = Client().get(old, follow=True)
    assert response.context["piece"].title == "故事"
