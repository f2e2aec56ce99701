"""Lists, their filters in the address, and their pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stories.models import ExplainerPage, NewsPage, Venue
from tests.factories import Line, make_line, make_piece

pytestmark = pytest.mark.django_db


def make_varied_line() -> Line:
    """Four stories of a county that differ in topic, venue and year."""
    line = make_line()
    for title, topic, venue, year in (
        ("学校急救25", "first-aid", "school", 2025),
        ("学校急救26", "first-aid", "school", 2026),
        ("社区急救26", "first-aid", "community", 2026),
        ("学校献血26", "blood", "school", 2026),
    ):
        piece = make_piece(
            line.county, title=title, topics=(topic,), date=datetime.date(year, 3, 1)
        )
        piece.venues.set(Venue.objects.filter(slug=venue))
        piece.save()
    return line


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:
    return kept_for_module(make_varied_line)


HERE = "/changchun/nongan/stories/"


def visit(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200
    return response.context


def titles(path: str) -> set[str]:
    return {card.title for card in visit(path)["cards"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"学校急救25", "学校急救26", "社区急救26", "学校献血26"}),
        ("topic=blood", {"学校献血26"}),
        ("venue=school", {"学校急救25", "学校急救26", "学校献血26"}),
        ("year=2025", {"学校急救25"}),
        ("topic=first-aid&venue=school", {"学校急救25", "学校急救26"}),
        ("topic=first-aid&venue=school&year=2026", {"学校急救26"}),
        ("topic=organ", set()),
        ("year=1999", set()),
    ],
)
def test_filters_combine(line: Line, query: str, found: set[str]) -> None:
    context = visit(f"{HERE}?{query}")
    assert {card.title for card in context["cards"]} == found
    assert context["total"] == len(found)


@pytest.mark.parametrize(
    "query",
    [
        "topic=nothing",
        "venue=' OR 1=1",
        "year=abcd",
        "year=20266",
        "year=２０２６６",
        "year=-1",
        "page=abc",
        "page=-3",
        "page=0",
        "page=99999999999999999999999",
        "kind=nothing&law=nothing&category=nothing",
        "topic=first-aid%00",
        "x=1",
    ],
)
def test_what_makes_no_sense_is_ignored(line: Line, query: str) -> None:
    context = visit(f"{HERE}?{query}")
    assert context["total"] == 4
    assert context["canonical"] == f"http://localhost{HERE}"
    assert context["feed_url"] == f"{HERE}feed/"


@pytest.mark.parametrize("year", ["2026", "２０２６", "2026年"])
def test_a_year_may_be_typed_as_it_is_printed(line: Line, year: str) -> None:
    assert visit(f"{HERE}?year={year}")["canonical"] == f"http://localhost{HERE}?year=2026"


def test_a_choice_keeps_the_others_and_can_be_taken_back(line: Line) -> None:
    context = visit(f"{HERE}?topic=first-aid&year=2026&page=7&x=1")
    filters = {each.name: each for each in context["filters"]}
    assert list(filters) == ["kind", "topic", "venue", "year"]
    topic = {link.title: link for link in filters["topic"].options}
    assert topic["应急救护"].current
    assert topic["全部"].url == f"{HERE}?year=2026"
    assert topic["无偿献血"].url == f"{HERE}?topic=blood&year=2026"
    venue = {link.title: link for link in filters["venue"].options}
    assert venue["全部"].current
    assert venue["学校"].url == f"{HERE}?topic=first-aid&year=2026&venue=school"
    assert [link.title for link in filters["year"].options] == ["全部", "2026年", "2025年"]
    assert context["canonical"] == f"http://localhost{HERE}?topic=first-aid&year=2026"


def test_every_address_that_a_filter_offers_is_kept_in_order(line: Line) -> None:
    """One choice of filters has one address, whatever the order in which it was made."""
    first = visit(f"{HERE}?venue=school&topic=blood")["canonical"]
    assert first == visit(f"{HERE}?topic=blood&venue=school")["canonical"]


def test_news_and_explainers_have_filters_of_their_own(line: Line) -> None:
    make_piece(line.county, NewsPage, title="通知", category="notice")
    make_piece(line.county, NewsPage, title="动态", category="report")
    make_piece(line.county, ExplainerPage, title="献血", law="blood", reading_level="beginner")
    make_piece(line.county, ExplainerPage, title="深入", law="blood", reading_level="in-depth")
    assert titles("/changchun/nongan/news/?category=notice") == {"通知"}
    assert titles("/changchun/nongan/explainers/?law=blood") == {"献血", "深入"}
    assert titles("/changchun/nongan/explainers/?law=blood&level=in-depth") == {"深入"}
    assert titles("/changchun/nongan/explainers/?law=emblem") == set()


@pytest.mark.parametrize("number", ["-1", "0", "00", "abc", "1.5", "", "9" * 5000])
def test_what_can_be_no_page_shows_the_first(line: Line, number: str) -> None:
    for index in range(13):
        make_piece(line.county, title=str(index))
    assert visit(f"{HERE}?page={number}")["page_obj"].number == 1


def test_pages_of_a_list(line: Line) -> None:
    for number in range(26):
        make_piece(line.city, title=f"第{number}篇", date=datetime.date(2026, 1, number + 1))
    here = "/changchun/stories/"
    first, second, beyond = (
        visit(f"{here}?{query}") for query in ("", "page=2", "page=99&topic=first-aid")
    )
    assert [card.title for card in first["cards"]] == [f"第{n}篇" for n in range(25, 13, -1)]
    assert second["canonical"] == f"http://localhost{here}?page=2"
    assert beyond["page_obj"].number == 3
    assert [card.title for card in beyond["cards"]] == ["第1篇", "第0篇"]
    assert [(link.title, link.url, link.current) for link in beyond["page_links"]] == [
        ("1", f"{here}?topic=first-aid", False),
        ("2", f"{here}?topic=first-aid&page=2", False),
        ("3", f"{here}?topic=first-aid&page=3", True),
    ]
    assert visit(HERE)["page_links"] == []


def test_an_empty_section_shows_what_is_offered_and_else_says_so_kindly(line: Line) -> None:
    here = "/yanbian/stories/"
    assert visit(here)["total"] == 0
    assert "还没有" in Client().get(here).content.decode()
    piece = make_piece(line.province, title="省里给的", audience="below")
    make_piece(line.province, title="省里自己的")
    (card,) = visit(here)["cards"]
    assert card.offered
    assert card.url == f"{here}shared/jilin-{piece.slug}/"


def test_the_sections_of_the_portal_list_what_all_branches_have(line: Line) -> None:
    make_piece(line.province, title="省里自己的")
    make_piece(line.city, NewsPage, title="长春的新闻")
    assert titles("/stories/?year=2026") == {
        "省里自己的",
        "学校急救26",
        "社区急救26",
        "学校献血26",
    }
    assert titles("/news/") == {"长春的新闻"}
    (card,) = visit("/news/")["cards"]
    assert card.url.startswith("/changchun/news/")
    assert not card.offered


def test_a_topic_gathers_all_types_of_all_branches(line: Line) -> None:
    make_piece(line.city, NewsPage, title="献血新闻", topics=("blood",))
    make_piece(line.other_city, ExplainerPage, title="献血科普", topics=("blood", "organ"))
    assert titles("/topics/blood/") == {"学校献血26", "献血新闻", "献血科普"}
    assert titles("/topics/blood/?venue=school") == {"学校献血26"}
    context = visit("/topics/blood/?topic=organ")
    assert [each.name for each in context["filters"]] == ["venue", "year"]
    assert context["canonical"] == "http://localhost/topics/blood/"
    assert Client().get("/topics/nothing/").status_code == 404
