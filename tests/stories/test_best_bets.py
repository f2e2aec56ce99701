"""What a search names outright comes first: a branch, an article of a law."""

from __future__ import annotations

from typing import Any

import pytest

from search.numbers import value_of
from search.results import Search
from stories.law_articles import Article, asked_for, named_in
from stories.models import ExplainerPage
from stories.search_source import SOURCE
from tests.factories import make_line, make_piece

pytestmark = pytest.mark.django_db


def first(query: str, **parameters: str) -> list[str]:
    """The titles of what is named outright."""
    search = Search(SOURCE, {"q": query, **parameters}, "zh-hans")
    return [result.hit.title for result in search.best_bets]


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("十", 10), ("二十七", 27), ("一百零六", 106), ("一千零六", 1006), ("27", 27)],
)
def test_numbers_of_articles(text: str, number: int) -> None:
    assert value_of(text) == number


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("红十字会法第三条", Article("红十字会法", 3)),
        ("《中华人民共和国红十字会法》第三条", Article("红十字会法", 3)),
        ("红会法第27条", Article("红十字会法", 27)),
        ("献血法 第 九 条规定", Article("献血法", 9)),
        ("紅十字會法第三條", Article("红十字会法", 3)),
        ("红十字会法", None),
        ("第三条", None),
        ("面条", None),
        ("一" * 5000 + "条", None),
    ],
)
def test_articles_that_are_asked_for(query: str, article: Article | None) -> None:
    assert asked_for(query) == article


def test_articles_that_a_piece_names() -> None:
    text = "第三条、第十四条至第十六条；《中华人民共和国慈善法》第一百一十三条第二款"
    found = list(named_in(text, "红十字会法"))
    assert [each.number for each in found if each.law == "红十字会法"] == [3, 14, 15, 16]
    assert found[-1] == Article("慈善法", 113)


def explain(line: Any, title: str, articles: str, **values: Any) -> None:
    make_piece(line.county, ExplainerPage, title=title, articles=articles, **values)


def test_an_article_of_a_law_finds_what_explains_it() -> None:
    line = make_line()
    explain(line, "标志谁能用", "《红十字会法》第十四条至第十六条", law="emblem")
    explain(line, "什么是红十字会", "第三条、第四条、第五条", law="red-cross-law")
    explain(line, "要不要会费", "第二十三条", law="red-cross-law")
    assert first("红十字会法第三条") == ["什么是红十字会"]
    assert first("红会法第15条") == ["标志谁能用"]
    assert first("慈善法第三条") == []
    assert first("红十字会法第三条", year="1066") == first("红十字会法第三条"), "no such year"


def test_drafts_and_other_languages_are_not_named() -> None:
    line = make_line()
    explain(line, "草稿", "第三条", law="red-cross-law", live=False)
    assert first("红十字会法第三条") == []
    assert Search(SOURCE, {"q": "农安"}, "ko").best_bets == []


@pytest.mark.parametrize(
    "query",
    ["农安", "农安县", "农安县红十字会", "农安红会", "農安", "nongan", "吉林省农安县红十字会"],
)
def test_the_name_of_a_branch_finds_the_branch(query: str) -> None:
    line = make_line()
    assert first(query) == [line.county.name]
    assert first(query, branch="changchun") == [line.county.name], "from the box of any branch"


@pytest.mark.parametrize("query", ["农安献血", "红十字会", "红会", "吉林省", "县", " "])
def test_more_or_less_than_a_name_is_no_name(query: str) -> None:
    line = make_line()
    assert line.county.name not in first(query)
