"""The home pages: the province's portal, and the site of every branch."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale

from branches.models import Service
from stories.models import AboutPage, ExplainerPage, NewsPage, StoryPage, Topic
from tests.factories import Line, branch_page, make_image, make_line, make_piece, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_line)


def context(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200
    return response.context


def titles(cards: list[Any]) -> list[str]:
    return [card.title for card in cards]


def day(number: int) -> datetime.date:
    return datetime.date(2026, 5, number)


def test_the_portal_shows_the_newest_of_the_whole_province(line: Line) -> None:
    for number in range(1, 7):
        make_piece(line.county, title=f"故事{number}", date=day(number))
    for number in range(1, 10):
        make_piece(line.city, NewsPage, title=f"新闻{number}", date=day(number))
    make_piece(line.province, ExplainerPage, title="红十字会能不能收会费？")
    shown = context("/")
    assert shown["lead"].title == "故事6"
    assert titles(shown["more"]) == ["故事5", "故事4", "故事3", "故事2"]
    assert titles(shown["news"]) == [f"新闻{n}" for n in range(9, 1, -1)]
    assert titles(shown["explainers"]) == ["红十字会能不能收会费？"]
    assert shown["explainers"][0].question
    assert len(shown["topics"]) == Topic.objects.count() == 10


def test_a_featured_story_leads_even_if_newer_ones_have_come(line: Line) -> None:
    make_piece(line.county, title="旧而好", date=day(1), featured=True)
    for number in range(2, 9):
        make_piece(line.county, title=f"故事{number}", date=day(number))
    for path in ("/", "/changchun/nongan/"):
        shown = context(path)
        assert shown["lead"].title == "旧而好"
        assert titles(shown["more"]) == ["故事8", "故事7", "故事6", "故事5"]


def test_a_branch_shows_its_own_pieces_first_and_fills_up_with_what_is_offered(line: Line) -> None:
    make_piece(line.county, title="本会的", date=day(1))
    make_piece(line.city, title="市里给的", date=day(9), audience="below", featured=True)
    make_piece(line.city, title="市里自己的", date=day(9))
    make_piece(line.other_city, title="别处的", date=day(9), audience="below")
    shown = context("/changchun/nongan/")
    assert shown["lead"].title == "本会的"
    assert not shown["lead"].offered
    assert titles(shown["more"]) == ["市里给的"]
    offered = shown["more"][0]
    assert offered.offered
    assert offered.url.startswith("/changchun/nongan/stories/shared/changchun-")
    assert offered.branch.url == "/changchun/"


def test_a_city_shows_the_latest_of_its_counties_apart(line: Line) -> None:
    make_piece(line.city, title="市的", date=day(1))
    make_piece(line.county, title="县的", date=day(9))
    make_piece(line.other_city, title="别的市的", date=day(9))
    shown = context("/changchun/")
    assert shown["lead"].title == "市的"
    assert titles(shown["more"]) == []
    assert titles(shown["below_latest"]) == ["县的"]
    assert shown["below_latest"][0].url.startswith("/changchun/nongan/stories/")


def test_an_empty_branch_has_a_page(line: Line) -> None:
    shown = context("/changchun/yushu/")
    assert shown["lead"] is None
    assert shown["more"] == shown["news"] == shown["explainers"] == shown["below_latest"] == []


def test_what_is_not_public_is_not_shown(line: Line) -> None:
    make_piece(line.county, title="草稿", live=False)
    for path in ("/", "/changchun/", "/changchun/nongan/", "/changchun/nongan/stories/"):
        assert "草稿" not in Client().get(path).content.decode()


def test_doors_are_in_the_words_of_the_nearest_branch(line: Line) -> None:
    locale = Locale.get_default()
    for branch, title in ((line.province, "全省献血点"), (line.city, "长春献血点")):
        Service.objects.create(
            branch=branch, locale=locale, kind="blood", title=title, lead="看看去哪里"
        )
    doors = context("/changchun/nongan/")["doors"]
    assert [door.url for door in doors] == [
        f"/changchun/nongan/services/#{kind}" for kind in Service.Kind.values
    ]
    assert doors[1].title == "长春献血点"
    assert doors[1].note == "看看去哪里"
    assert doors[0].title == "学急救"


def test_the_beginning_of_the_page_about_a_branch(line: Line) -> None:
    page = AboutPage.objects.child_of(branch_page(line.county)).get()
    page.body = [("heading", "我们"), ("text", "<p>农安县红十字会<b>成立</b>于1987年。</p>")]
    publish(page.save_revision())
    shown = context("/changchun/nongan/")
    assert shown["about"] == "农安县红十字会成立于1987年。"
    assert shown["about_url"] == "/changchun/nongan/about/"


def test_cards_carry_what_a_list_shows(line: Line) -> None:
    image = make_image(line.county, credit="王师傅")
    make_piece(
        line.county,
        topics=("blood", "first-aid"),
        lead_image=image,
        kind=StoryPage.Kind.PERSON,
        place="文化广场",
    )
    card = context("/")["lead"]
    assert card.kind == "红会故事"
    assert card.category == "人物"
    assert card.place == "文化广场"
    assert (card.branch.title, card.branch.url) == ("农安县", "/changchun/nongan/")
    assert [(link.title, link.url) for link in card.topics] == [
        ("应急救护", "/topics/first-aid/"),
        ("无偿献血", "/topics/blood/"),
    ]
    assert card.picture.alt == "一张测试图片"
    assert card.picture.credit == "王师傅"
