"""RSS for every list, with the list's filters."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from stories.models import NewsPage, StoryPage
from tests.factories import Line, make_line, make_piece, publish, section

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def channel(path: str) -> ElementTree.Element:
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    found = ElementTree.fromstring(response.content).find("channel")
    assert found is not None
    return found


def texts(path: str, name: str = "title") -> list[str]:
    return [str(item.findtext(name)) for item in channel(path).findall("item")]


def test_a_section_has_a_feed_with_its_filters(line: Line) -> None:
    old = make_piece(line.county, title="旧", date=datetime.date(2025, 1, 1), topics=("blood",))
    make_piece(line.county, title="新", date=datetime.date(2026, 1, 1))
    make_piece(line.county, NewsPage, title="新闻")
    here = "/changchun/nongan/stories/feed/"
    assert texts(here) == ["新", "旧"]
    assert texts(f"{here}?topic=blood&page=3&x=1") == ["旧"]
    assert texts(f"{here}?topic=blood", "link") == [f"http://localhost{old.url}"]
    feed = channel(f"{here}?topic=blood&x=1")
    assert feed.findtext("title") == "红会故事 · 农安县红十字会"
    assert feed.findtext("link") == "http://localhost/changchun/nongan/stories/?topic=blood"
    assert feed.findtext("language") == "zh-hans"
    own = feed.find("{http://www.w3.org/2005/Atom}link")
    assert own is not None
    assert own.get("href") == f"http://localhost{here}?topic=blood"


def test_an_entry(line: Line) -> None:
    make_piece(line.county, title="<急救>&", summary="一句话", date=datetime.date(2026, 5, 8))
    (item,) = channel("/changchun/nongan/stories/feed/").findall("item")
    assert item.findtext("title") == "<急救>&"
    assert item.findtext("description") == "一句话"
    assert item.findtext("pubDate") == "Fri, 08 May 2026 12:00:00 +0800"
    assert [category.text for category in item.findall("category")] == ["应急救护"]


def test_the_portal_and_topics_have_feeds(line: Line) -> None:
    make_piece(line.county, title="故事", topics=("blood",))
    make_piece(line.city, NewsPage, title="新闻")
    make_piece(line.city, title="草稿", live=False)
    assert set(texts("/feed/")) == {"故事", "新闻"}
    assert texts("/topics/blood/feed/") == ["故事"]
    assert channel("/feed/").findtext("title") == "吉林省红十字会"


def test_a_feed_is_short_and_may_be_empty(line: Line) -> None:
    assert texts("/feed/") == []
    for number in range(22):
        make_piece(line.city, title=str(number))
    assert len(texts("/feed/")) == 20


def test_pages_name_their_feeds(line: Line) -> None:
    for path, feed in (
        ("/", "/feed/"),
        ("/changchun/", "/changchun/stories/feed/"),
        ("/changchun/news/", "/changchun/news/feed/"),
        ("/topics/blood/", "/topics/blood/feed/"),
    ):
        content = Client().get(path).content.decode()
        assert f'type="application/rss+xml" href="{feed}"' in " ".join(content.split())


def guids(path: str) -> dict[str, str]:
    """The permanent names of the entries, by title."""
    items = channel(path).findall("item")
    assert {item.find("guid").get("isPermaLink") for item in items} == {"false"}
    return {str(item.findtext("title")): str(item.findtext("guid")) for item in items}


def test_a_piece_is_the_same_entry_in_every_feed_for_ever(line: Line, settings: Any) -> None:
    piece = make_piece(line.city, title="故事", audience="below", topics=("blood",))
    make_piece(line.city, title="另一篇", audience="below", topics=("blood",))
    paths = ("/feed/", "/topics/blood/feed/", "/stories/feed/", "/changchun/stories/feed/")
    feeds = [guids(path) for path in (*paths, "/changchun/nongan/stories/feed/?topic=blood")]
    assert all(feed == feeds[0] for feed in feeds)
    assert len(set(feeds[0].values())) == 2
    assert all(guid.startswith("urn:uuid:") for guid in feeds[0].values())
    piece.move(section(line.other_city), pos="last-child")
    piece = StoryPage.objects.get(pk=piece.pk)
    piece.title = "改了标题"
    publish(piece.save_revision())
    settings.SITE_URL = "https://elsewhere.example"
    assert guids("/yanbian/stories/feed/")["改了标题"] == feeds[0]["故事"]
