"""A public page is the same bytes for every reader, and says how long it may be kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from stories.models import StoryPage
from tests.factories import Line, make_line, make_piece, make_user, publish

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


def test_a_piece_says_when_it_was_published_last(line: Line, story: StoryPage) -> None:
    before = Client().get(story.url)["Last-Modified"]
    answer = Client(headers={"if-modified-since": before}).get(story.url)
    assert answer.status_code == 304
    StoryPage.objects.filter(pk=story.pk).update(last_published_at="2020-01-01T00:00:00Z")
    assert Client().get(story.url)["Last-Modified"] == "Wed, 01 Jan 2020 00:00:00 GMT"
    publish(StoryPage.objects.get(pk=story.pk).save_revision())
    assert Client().get(story.url)["Last-Modified"] != "Wed, 01 Jan 2020 00:00:00 GMT"


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
