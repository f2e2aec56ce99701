"""Lists go by what has happened: a date ahead puts a piece before nothing that came since."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from stories.models import ContentPage, NewsPage
from stories.search_source import SOURCE
from tests.factories import Line, make_line, make_piece, publish

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
AHEAD = TODAY + timedelta(days=25)
YESTERDAY = timezone.now() - timedelta(days=1)


def make_news() -> Line:
    """News of a county: one with a date ahead, which was published yesterday; today's; old."""
    line = make_line()
    early = make_piece(line.county, NewsPage, title="预告", date=AHEAD, live=False)
    early.first_published_at = YESTERDAY
    early.save()
    publish(early.save_revision())
    make_piece(line.county, NewsPage, title="今天的", date=TODAY)
    make_piece(line.county, NewsPage, title="去年的", date=TODAY - timedelta(days=365))
    return line


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_news)


def first_to_last(body: str) -> list[str]:
    return sorted(("预告", "今天的", "去年的"), key=body.index)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/news/",
        "/changchun/nongan/",
        "/changchun/nongan/news/",
        "/changchun/nongan/news/feed/",
        "/feed/",
        "/topics/first-aid/",
        "/search/?q=摘要&sort=newest",
    ],
)
def test_a_date_ahead_leads_no_list(line: Line, path: str) -> None:
    body = Client().get(path).content.decode()
    body = body[body.index("<item>") if "feed" in path else body.index("<main") :]
    assert first_to_last(body) == ["今天的", "预告", "去年的"]


def test_neighbours_stand_in_the_order_of_the_list(line: Line) -> None:
    early = NewsPage.objects.get(title="预告")
    context = Client().get(early.url).context
    assert (context["next"].title, context["previous"].title) == ("今天的", "去年的")


def test_machines_read_when_it_was_published(line: Line) -> None:
    early = NewsPage.objects.get(title="预告")
    response = Client().get(early.url)
    graph = json.loads(response.context["json_ld"])["@graph"]
    assert graph[0]["datePublished"] == timezone.localdate(YESTERDAY).isoformat()
    assert f'content="{timezone.localdate(YESTERDAY)}"' in response.content.decode()
    feed = Client().get("/changchun/nongan/news/feed/").content.decode()
    assert f"{AHEAD:%d %b %Y}" not in feed


def test_a_change_does_not_bring_a_piece_to_the_front_again(line: Line) -> None:
    early = NewsPage.objects.get(title="预告")
    early.summary = "改过"
    publish(early.save_revision())
    assert NewsPage.objects.get(title="预告").listed_on == timezone.localdate(YESTERDAY)


def test_search_by_date_goes_by_it_in_every_engine(line: Line) -> None:
    assert SOURCE.newest_first[0] == "-listed_on"
    found = ContentPage.objects.live().order_by(*SOURCE.newest_first)
    titles = [p.title for p in get_search_backend().search("摘要", found, order_by_relevance=False)]
    assert titles == ["今天的", "预告", "去年的"]


def test_the_newest_are_found_by_an_index(line: Line) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a plan of SQLite")
    plan = ContentPage.objects.order_by("-listed_on", "-pk")[:3].explain()
    assert "content_newest_listed" in plan
    assert "TEMP B-TREE" not in plan


def test_what_was_there_before_is_listed_by_what_had_happened(line: Line) -> None:
    """The expression with which the migration fills rows that have none yet."""
    migration = import_module("stories.migrations.0008_fill_listed_on")
    before = dict(ContentPage.objects.values_list("title", "listed_on"))
    ContentPage.objects.update(listed_on=date(1904, 1, 1))
    ContentPage.objects.update(listed_on=migration.day_listed(Page.objects))
    assert dict(ContentPage.objects.values_list("title", "listed_on")) == before
