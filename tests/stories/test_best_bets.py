"""What a search names outright comes first: a branch, an article of a law."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from branches.models import Branch, Service
from branches.provisioning import provision
from search.numbers import value_of
from search.registry import Hit
from search.results import Search
from stories.law_articles import Article, asked_for, named_in
from stories.models import ExplainerPage
from stories.search_source import SOURCE
from tests.factories import Line, branch_page, make_line, make_piece

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


def hits(query: str, language: str = "zh-hans", **parameters: str) -> list[Hit]:
    search = Search(SOURCE, {"q": query, **parameters}, language)
    with translation.override(language):
        return [result.hit for result in search.best_bets]


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


def test_an_article_alone_is_of_the_law_that_the_explainer_is_about() -> None:
    line = make_line()
    explain(line, "献血要满十八岁吗", "第二条", law="blood")
    explain(line, "急救员怎么考", "第二条", law="first-aid")
    assert first("献血法第二条") == ["献血要满十八岁吗"]
    assert first("中华人民共和国献血法第2条") == ["献血要满十八岁吗"]
    assert first("应急救护第二条") == []


def test_the_law_is_the_same_in_every_language() -> None:
    line = make_line()
    page = make_piece(line.county, ExplainerPage, title="什么是", articles="第三条")
    english, _new = Locale.objects.get_or_create(language_code="en")
    provision(line.province, english)
    ExplainerPage.objects.filter(pk=page.pk).update(locale=english)
    assert [hit.title for hit in hits("红会法第三条", "en")] == ["什么是"]


def test_what_is_about_an_article_comes_before_what_mentions_it() -> None:
    line = make_line()
    code = "《中华人民共和国民法典》第一百八十四条"
    pieces = {
        "另一部法": (line.county, f"《急救条例》第二条、{code}"),
        "后面提到": (line.province, "《中华人民共和国民法典》第一百八十三条、第一百八十四条"),
        "区县的": (line.county, code),
        "省里带别的": (line.province, f"{code}、第一百八十五条"),
        "省里旧的": (line.province, code),
        "省里新的": (line.province, code),
    }
    for number, (title, (branch, articles)) in enumerate(pieces.items()):
        date = datetime.date(2026, 1, 1 + number)
        make_piece(branch, ExplainerPage, title=title, articles=articles, law="other", date=date)
    assert first("民法典第184条") == ["省里新的", "省里旧的", "省里带别的"]
    for title in ("省里新的", "省里旧的", "省里带别的"):
        ExplainerPage.objects.filter(title=title).delete()
    assert first("民法典第一百八十四条") == ["区县的", "后面提到", "另一部法"]


def test_drafts_and_other_languages_are_not_named() -> None:
    line = make_line()
    explain(line, "草稿", "第三条", law="red-cross-law", live=False)
    assert first("红十字会法第三条") == []
    explain(line, "公开的", "第三条", law="red-cross-law")
    assert Search(SOURCE, {"q": "红十字会法第三条"}, "ko").best_bets == []


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


def test_what_is_asked_of_a_branch_finds_it_with_its_telephone(client: Client) -> None:
    line = make_line()
    Branch.objects.filter(pk=line.county.pk).update(phone="0431-88610000 转 8", address="人民路")
    for query in ("农安红会电话", "农安县红十字会地址", "怎么联系农安红十字会", "农安红会"):
        (hit,) = hits(query)
        assert (hit.title, hit.phone, hit.text) == (
            line.county.name,
            "0431-88610000 转 8",
            "人民路",
        )
    page = client.get("/search/", {"q": "农安红会电话"}).content.decode()
    assert '<a href="tel:043188610000">0431-88610000 转 8</a>' in page
    answer = client.get("/api/search/", {"q": "农安红会电话"}).json()
    assert answer["best_bets"][0]["phone"] == "0431-88610000 转 8"


def offer(branch: Branch, kind: str, title: str, language: str = "zh-hans") -> None:
    locale = Locale.objects.get(language_code=language)
    Service.objects.create(branch=branch, locale=locale, kind=kind, title=title, lead="你可以来。")


@pytest.fixture
def offering() -> Line:
    """A province and a county that say what can be done there."""
    line = make_line()
    offer(line.province, "learn", "学急救")
    offer(line.county, "blood", "去献血")
    offer(line.province, "blood", "献血")
    return line


def test_what_somebody_wants_to_do_finds_where_it_is_done(offering: Line) -> None:
    (hit,) = hits("应急救护培训报名")
    assert (hit.title, hit.url, hit.text) == ("学急救", "/services/#learn", "你可以来。")
    assert (hit.kind, hit.branch_name, hit.language) == ("我能做什么", "吉林省", "")
    assert hits("志愿者注册") == [], "which nobody offers"
    assert hits("献血能不能拿补贴") == []


@pytest.mark.parametrize(
    ("query", "frame", "url"),
    [
        ("献血预约", "", "/services/#blood"),
        ("献血预约", "nongan", "/changchun/nongan/services/#blood"),
        ("农安献血预约", "", "/changchun/nongan/services/#blood"),
        ("农安哪里可以献血", "yanbian", "/changchun/nongan/services/#blood"),
        ("关于我们", "changchun", "/changchun/about/"),
        ("农安红会简介", "", "/changchun/nongan/about/"),
        ("联系我们", "yanbian", "/yanbian/"),
        ("我要捐款", "", "/"),
    ],
)
def test_a_door_is_that_of_the_branch_that_is_named_or_searched_in(
    offering: Line, query: str, frame: str, url: str
) -> None:
    assert [hit.url for hit in hits(query, branch=frame)] == [url]


def test_a_branch_without_a_page_in_a_language_is_found_in_the_main_one(
    offering: Line, client: Client
) -> None:
    Branch.objects.filter(slug="nongan").update(names={"ko": "농안현 적십자회"})
    for branch in (offering.province, offering.city):
        provision(branch, Locale.objects.get_or_create(language_code="ko")[0])
    (hit,) = hits("농안", "ko")
    assert (hit.title, hit.url) == ("농안현 적십자회", branch_page(offering.county).url)
    assert hit.language == settings.LANGUAGE_CODE
    (door,) = hits("농안 헌혈", "ko")
    assert (door.title, door.kind) == ("헌혈하기", "내가 할 수 있는 일")
    assert door.url == "/changchun/nongan/services/#blood"
    assert "중국어" in client.get("/ko/search/", {"q": "농안"}).content.decode()
    assert [(hit.url, hit.language) for hit in hits("changchun", "ko")] == [("/ko/changchun/", "")]


def test_the_number_of_queries_is_bounded(
    offering: Line, django_assert_max_num_queries: Any
) -> None:
    for query, most in (("献血", 4), ("农安 献血 关于我们", 5), ("农安红会电话", 2), ("天气", 1)):
        with django_assert_max_num_queries(most):
            SOURCE.best_bets(query, "zh-hans", "")
