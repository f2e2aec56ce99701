"""A public page is the same bytes for every reader, and says how long it may be kept."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.http import http_date

from branches.models import Branch
from stories.models import StoryPage
from tests.factories import Line, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db

PATHS = (
    "/",
    "/changchun/",
    "/changchun/nongan/stories/",
    "/changchun/nongan/services/",
    "/changchun/nongan/about/",
    "/changchun/nongan/stories/feed/",
    "/branches/",
    "/topics/blood/",
    "/feed/",
    "/sitemap.xml",
    "/robots.txt",
)


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    line = kept_for_module(make_line)
    kept_for_module(lambda: make_piece(line.county))
    return line


@pytest.fixture
def story(line: Line) -> StoryPage:
    return StoryPage.objects.get()


def test_no_cookie_and_no_difference_for_somebody_who_is_signed_in(
    line: Line, story: StoryPage
) -> None:
    officer = Client()
    officer.force_login(make_user(line.county))
    for path in (*PATHS, story.url):
        stranger = Client().get(path)
        assert stranger.status_code == 200
        assert not stranger.cookies
        assert "Cookie" not in stranger.get("Vary", "")
        assert "Accept-Language" not in stranger.get("Vary", "")
        assert officer.get(path).content == stranger.content
        assert Client(headers={"accept-language": "ko"}).get(path).content == stranger.content


def test_caches_may_keep_a_page_for_a_minute(line: Line, story: StoryPage) -> None:
    for path in (*PATHS, story.url):
        assert Client().get(path)["Cache-Control"] == (
            "public, max-age=60, stale-while-revalidate=60, stale-if-error=3600"
        )


def test_what_has_not_changed_is_not_sent_again(line: Line, story: StoryPage) -> None:
    for path in (*PATHS, story.url):
        tag = Client().get(path)["ETag"]
        assert Client(headers={"if-none-match": tag}).get(path).status_code == 304


def test_a_change_beside_the_text_is_sent(line: Line, story: StoryPage) -> None:
    answer = Client().get(story.url)
    assert "Last-Modified" not in answer
    Branch.objects.filter(pk=line.county.pk).update(phone="0431-83220000")
    later = http_date(time.time() + 60)
    again = Client(headers={"if-none-match": answer["ETag"]}).get(story.url)
    assert again.status_code == 200
    assert "0431-83220000" in again.content.decode()
    assert Client(headers={"if-modified-since": later}).get(story.url).status_code == 200


def test_nothing_claims_to_know_when_it_changed(line: Line, story: StoryPage) -> None:
    assert not [path for path in (*PATHS, story.url) if "Last-Modified" in Client().get(path)]


def test_head_and_get_agree(line: Line, story: StoryPage) -> None:
    for path in (*PATHS, story.url):
        assert Client().head(path)["ETag"] == Client().get(path)["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(line: Line, story: StoryPage, method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in (*PATHS, story.url):
        assert getattr(strict, method)(path).status_code == 405


def test_a_head_request_gets_no_body(line: Line) -> None:
    answer = Client().head("/")
    assert answer.status_code == 200
    assert answer.content == b""


def test_a_restricted_page_is_not_on_the_public_site(line: Line, story: StoryPage) -> None:
    from wagtail.models import PageViewRestriction

    section = story.get_parent()
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert Client().get(story.url).status_code == 404
    assert Client().get(section.url).status_code == 404
    assert story.url not in Client().get("/sitemap-0.xml").content.decode()
    assert Client().get("/changchun/nongan/").status_code == 200
