from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from django.utils.safestring import mark_safe

from search import lexicon, promotions, registry, spelling, statistics, suggestions
from search.models import SearchWeek
from search.registry import Hit, Option, SearchFilter, SearchSource
from search.suggestions import Entry, Source
from tests.factories import make_branch
from tests.search.articles import Article
from tests.search.test_hostile_input import HOSTILE

Visit = Callable[..., Any]


def present(articles: Sequence[Article], language: str = "zh-hans") -> list[Hit]:
    return [
        Hit(
            title=article.title,
            url=f"/pieces/{article.pk}/",
            kind="红会故事",
            branch_name="农安县",
            date=datetime.date(article.year, 11, 3),
            picture=mark_safe('<img src="/a.jpg" alt="">'),
            text=article.body,
        )
        for article in articles
    ]


def option(value: str, label: str, *keys: Any, **others: Any) -> Option:
    return Option(value, label, frozenset(keys), **others)


def years(language: str) -> list[Option]:
    return [option(str(year), f"{year} 年", year) for year in (2025, 2026)]


def branches(language: str) -> list[Option]:
    """Numbers of articles: a city of ten, and each of them below it."""
    below = [option(f"b{number}", f"分会{number}", number, parent="city") for number in range(10)]
    return [option("city", "长春市", *range(10)), *below, option("b70", "分会70", 70)]


SOURCE = SearchSource(
    queryset=lambda language: Article.objects.filter(live=language == "zh-hans"),
    present=present,
    best_bets=lambda query, language, frame: (
        [Hit(title="农安县红十字会", url="/nongan/")] if query == "农安" else []
    ),
    newest_first=("-year", "-id"),
    filters=[
        SearchFilter("live", "类型", "live", lambda _: [option("yes", "公开的", True)]),
        SearchFilter("year", "年份", "year", years),
        SearchFilter("branch", "单位", "number", branches, frame=True),
    ],
)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, client: Client, backend: Any) -> Visit:
    make_branch("jilin")
    monkeypatch.setattr(registry, "_registered", [SOURCE])

    def get(**parameters: str) -> Any:
        return client.get("/search/", parameters)

    return get


def html(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_hits_are_shown_with_their_words_marked(visit: Visit, add: Any) -> None:
    add("救护培训", "农安县开展应急救护培训。", year=2025)
    page = html(visit(q="緊急救護"))
    assert "<mark>救护</mark>培训" in page
    assert "应急<mark>救护</mark>培训。" in page
    for part in ("红会故事", "农安县", '<img src="/a.jpg" alt="">', "2025年11月3日", "/pieces/"):
        assert part in page


def test_without_a_query_there_is_a_form_and_a_hint(visit: Visit, add: Any) -> None:
    add("救护培训")
    for page in (html(visit()), html(visit(q="  ", year="2026"))):
        assert 'name="q"' in page
        assert "search-hint" in page
        assert "result-title" not in page


def test_nothing_found_says_what_was_searched_and_what_to_try(visit: Visit, add: Any) -> None:
    add("救护培训", year=2026)
    assert "没有找到“天气”" in html(visit(q="天气"))
    page = html(visit(q="救护", year="2025"))
    assert "范围里没有找到“救护”" in page
    assert 'href="?q=%E6%95%91%E6%8A%A4"' in page


def test_nothing_found_proposes_what_was_begun(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Entry(reference="1", language="zh-hans", text="无偿献血", url="/blood/")
    source = Source("tests", entries=lambda references: [begun])
    monkeypatch.setattr(suggestions, "_registered", {"tests": source})
    suggestions.rebuild()
    page = html(visit(q="wcxx"))
    assert "没有找到“wcxx”" in page
    assert '<a class="chip" href="/blood/">无偿献血</a>' in page
    assert "你要找的是不是这些" not in html(visit(q="天气"))


def test_what_was_meant_is_named_outright_too(
    visit: Visit, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = Hit(title="无偿献血", url="/blood/")
    source = dataclasses.replace(
        SOURCE, best_bets=lambda query, language, frame: [named] if query == "献血" else []
    )
    monkeypatch.setattr(registry, "_registered", [source])
    add("献血")
    lexicon.rebuild()
    page = html(visit(q="献雪"))
    assert page.index("/blood/") < page.index("/pieces/")


def test_a_frame_says_that_it_is_one_and_what_lies_around(visit: Visit, add: Any) -> None:
    for number in range(3):
        add(f"救护{number}", number=70, year=2026)
    page = html(visit(branch="b1"))
    assert "在“分会1”里找什么" in page
    assert "只在“分会1”里找" in page
    assert "只在" not in html(visit())
    page = html(visit(q="救护", branch="b1"))
    assert "“分会1”里没有找到“救护”" in page
    assert "全部范围有 3 条" in page
    assert 'href="?q=%E6%95%91%E6%8A%A4"' in page
    for parameters in ({"branch": "b70"}, {"branch": "b1", "year": "2026"}, {"year": "2025"}):
        assert "全部范围有" not in html(visit(q="救护", **parameters)), parameters
    assert "全部范围有" not in html(visit(q="天气", branch="b1")), "nor is anything there"


def test_what_lies_around_is_said_below_what_is_named_outright(visit: Visit, add: Any) -> None:
    add("农安的救护培训", number=70)
    page = html(visit(q="农安", branch="b1"))
    assert page.index("/nongan/") < page.index("全部范围有 1 条")
    assert "看看有没有错别字" not in page


def test_filters_narrow_combine_and_stay_in_the_address(visit: Visit, add: Any) -> None:
    add("救护甲", year=2025, number=1)
    add("救护乙", year=2026, number=1)
    add("救护丙", year=2026, number=2)
    page = html(visit(q="救护", year="2026", branch="b1"))
    assert "救护</mark>乙" in page
    assert "救护</mark>甲" not in page
    assert "救护</mark>丙" not in page
    query = "?q=%E6%95%91%E6%8A%A4"
    assert f'href="{query}&amp;branch=b1"' in page, "takes the year back"
    assert f'href="{query}&amp;year=2025&amp;branch=b1"' in page, "takes another year"
    assert '<input type="hidden" name="year" value="2026">' in page


def counts(page: str) -> dict[str, int]:
    """The number that stands behind each option."""
    shown = re.findall(r">([^<>]+?)\s*<small>(\d+)</small>", page)
    return {label.strip(): int(number) for label, number in shown}


def test_options_say_how_many_results_they_would_leave(visit: Visit, add: Any) -> None:
    for number, year in ((1, 2025), (1, 2026), (2, 2026), (70, 2026)):
        add(f"救护{number}之{year}", year=year, number=number)
    add("别的", number=3)
    assert counts(html(visit(q="救护"))) == {
        "全部": 4,
        "公开的": 4,
        "2025 年": 1,
        "2026 年": 3,
        "长春市": 3,
        "分会1": 2,
        "分会2": 1,
        "分会70": 1,
    }
    narrowed = counts(html(visit(q="救护", year="2025")))
    assert narrowed["全部"] == narrowed["长春市"] == narrowed["分会1"] == 1
    assert narrowed["2026 年"] == 3, "what the filter itself would leave instead"
    for label, parameters in {
        "2025 年": {"year": "2025"},
        "长春市": {"branch": "city"},
        "分会1": {"branch": "b1"},
    }.items():
        page = html(visit(q="救护", **parameters))
        assert page.count("result-title") == counts(page)["全部"] == counts(page)[label]


def test_each_filter_offers_the_way_back(visit: Visit, add: Any) -> None:
    add("救护甲", year=2025, number=1)
    page = html(visit(q="救护", year="2025"))
    query = "?q=%E6%95%91%E6%8A%A4"
    back = re.findall(r'class="chip"\s+href="([^"]*)"[^>]*>全部<', page)
    assert back == [query, f"{query}&amp;year=2025"], "of the year, of the branch"
    (chosen,) = re.findall(r'<div class="chosen">.*?</div>', page, re.S)
    assert f'href="{query}"' in chosen
    assert "2025 年" in chosen
    assert 'class="chosen"' not in html(visit(q="救护", live="yes")), "tabs are always there"


def test_results_are_ordered_by_date_if_asked(visit: Visit, add: Any) -> None:
    old, new = (
        f"/pieces/{add(title, body, year=year).pk}/"
        for title, body, year in (
            ("救护旧闻", "救护救护救护", 2020),
            ("新闻", "只说一次救护，" * 3, 2026),
        )
    )
    page = html(visit(q="救护", sort="newest"))
    assert page.index(new) < page.index(old)
    assert 'href="?q=%E6%95%91%E6%8A%A4"' in page, "back to relevance"
    page = html(visit(q="救护", sort="nonsense"))
    assert page.index(old) < page.index(new)


def test_what_is_named_outright_comes_before_all_results(visit: Visit, add: Any) -> None:
    add("农安的救护培训")
    page = html(visit(q="农安"))
    assert page.index("/nongan/") < page.index("/pieces/")
    assert "/nongan/" not in html(visit(q="农安", year="2026"))
    assert "/nongan/" not in html(visit(q="农安救护"))
    assert "/nongan/" in html(visit(q="农安", branch="b1")), "from the box on a branch's page"


def test_what_is_named_outright_is_not_a_result_besides(
    visit: Visit, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, other = (present([add(title)])[0] for title in ("救护培训", "救护知识"))
    source = dataclasses.replace(SOURCE, best_bets=lambda query, language, frame: [named])
    monkeypatch.setattr(registry, "_registered", [source])
    page = html(visit(q="救护"))
    assert page.count(f'href="{named.url}"') == page.count(f'href="{other.url}"') == 1
    assert page.index(named.url) < page.index(other.url)
    assert "找到 2 条" in page
    assert html(visit(q="救护", sort="newest")).count(f'href="{named.url}"') == 1


def test_what_comes_first_comes_on_no_other_page(
    visit: Visit, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hits = {hit.title: hit for hit in present([add(f"救护{number}") for number in range(12)])}
    behind = html(visit(q="救护", page="2"))
    last = next(hit for hit in hits.values() if f'href="{hit.url}"' in behind)
    source = dataclasses.replace(SOURCE, best_bets=lambda query, language, frame: [last])
    monkeypatch.setattr(registry, "_registered", [source])
    assert f'href="{last.url}"' in html(visit(q="救护"))
    behind = html(visit(q="救护", page="2"))
    assert f'href="{last.url}"' not in behind
    assert behind.count("result-title") == 1


def test_what_comes_first_twice_keeps_its_first_place(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (Hit(title=name, url=f"/{name}/") for name in ("one", "two"))
    monkeypatch.setattr(promotions, "picks", lambda query, language: [first, second])
    source = dataclasses.replace(SOURCE, best_bets=lambda query, language, frame: [first])
    monkeypatch.setattr(registry, "_registered", [source])
    search = visit(q="救护").context["search"]
    assert [result.hit for result in search.best_bets] == [first, second]


def test_what_is_excluded_is_not_named(visit: Visit, add: Any) -> None:
    add("救护培训")
    assert "/nongan/" in html(visit(q="农安 -救护"))
    assert "/nongan/" not in html(visit(q="-农安"))
    assert "/nongan/" not in html(visit(q="救护 -农安"))


def test_what_is_found_elsewhere_is_no_slip(visit: Visit, add: Any) -> None:
    add("急救", number=1)
    add("及救", number=2)
    lexicon.rebuild()
    page = html(visit(q="及救", branch="b1"))
    assert "<mark>急救</mark>" not in page
    assert "全部范围" in page, "where it is found is said"
    page = html(visit(q="极救", branch="b1"))
    assert "没有找到“极救”" in page
    assert "<mark>急救</mark>" in page


def test_only_the_first_page_of_a_search_is_counted_but_clicks_on_all(
    visit: Visit, add: Any
) -> None:
    for number in range(12):
        add(f"救护{number}", year=2026, number=number)
    statistics._tally.take()
    for parameters in ({}, {"branch": "b1"}, {"page": "2"}, {"year": "2026"}, {"sort": "newest"}):
        page = html(visit(q="救护", **parameters))
        assert 'data-clicked="/search/clicked/" data-query="救护"' in page, parameters
    statistics.write()
    assert SearchWeek.objects.get().searches == 2


@pytest.mark.parametrize(
    ("query", "found"), [("救护", True), ("农安", True), ("天气", False), ("献雪", False)]
)
def test_a_search_is_empty_if_nothing_of_what_was_typed_is_shown(
    visit: Visit, add: Any, query: str, found: bool
) -> None:
    add("救护培训", "献血")
    lexicon.rebuild()
    statistics._tally.take()
    visit(q=query)
    statistics.write()
    assert SearchWeek.objects.get().empty == (not found)


@pytest.mark.parametrize(
    ("query", "found"), [("救护", True), ("献血", True), ("天气", False), ("献雪", False)]
)
def test_a_search_in_a_frame_is_not_empty_if_what_lies_around_is_said(
    visit: Visit, add: Any, query: str, found: bool
) -> None:
    add("救护", number=1)
    add("献血", number=70)
    lexicon.rebuild()
    statistics._tally.take()
    assert ("全部范围有 1 条" in html(visit(q=query, branch="b1"))) == (query == "献血")
    statistics.write()
    assert SearchWeek.objects.get().empty == (not found)


@pytest.mark.parametrize(
    ("query", "titles"),
    [("献雪", ["血站"]), ("献雪站", ["滑雪场"]), ("滑雪", [])],
)
def test_what_a_correction_names_comes_first_where_the_query_names_nothing(
    visit: Visit,
    add: Any,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    titles: list[str],
) -> None:
    named = {"献血": "血站", "献雪站": "滑雪场"}
    source = dataclasses.replace(
        SOURCE,
        best_bets=lambda query, language, frame: (
            [Hit(title=named[query], url="/named/")] if query in named else []
        ),
    )
    monkeypatch.setattr(registry, "_registered", [source])
    monkeypatch.setattr(spelling, "correction", lambda *asked: "献血")
    add("献血须知")
    add("滑雪须知")
    search = visit(q=query).context["search"]
    assert [result.hit.title for result in search.best_bets] == titles


def test_the_count_is_of_what_is_shown(visit: Visit, add: Any) -> None:
    add("献血须知")
    lexicon.rebuild()
    page = html(visit(q="献雪"))
    assert "没有找到“献雪”" in page
    assert "“献血”：找到 1 条" in page


def test_quoted_words_stand_together_and_excluded_ones_nowhere(visit: Visit, add: Any) -> None:
    add("救护培训")
    add("培训救护")
    add("救护培训进校园")
    page = html(visit(q="“救护培训” -校园"))
    assert page.count("result-title") == 1
    assert "<mark>救护培训</mark>" in page
    only_excluded = html(visit(q="-校园"))
    assert only_excluded.count("result-title") == 2


def test_quotes_are_left_aside_where_nothing_stands_like_that(visit: Visit, add: Any) -> None:
    add("救护培训")
    page = html(visit(q="“培训救护”怎么报名"))
    assert "<mark>救护</mark><mark>培训</mark>" in page or "<mark>救护培训</mark>" in page
    assert "一字不差" in page
    assert "一字不差" not in html(visit(q="“救护培训”"))


def test_what_may_have_been_meant_is_asked(
    visit: Visit, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("献血")
    add("无偿献血")
    monkeypatch.setattr(spelling, "correction", lambda *args: "无偿献血")
    assert re.search(
        r'<a href="\?q=[%0-9A-F]+" rel="nofollow">\s*你要找的是不是“无偿献血”？\s*</a>',
        html(visit(q="献血")),
    )


def test_a_range_that_there_is_not_is_said(visit: Visit, add: Any) -> None:
    add("救护培训")
    assert "网址里有些筛选条件不存在" in html(visit(q="救护", branch="nowhere"))
    assert "search-note" not in html(visit(q="救护", branch="city", nonsense="1"))


def test_unknown_values_and_pages_are_ignored(visit: Visit, add: Any) -> None:
    add("救护培训")
    for parameters in (
        {"year": "1066"},
        {"year": "abc"},
        {"branch": "x' OR 1=1"},
        {"nonsense": "1"},
        {"page": "abc"},
        {"sort": "abc"},
        {"page": "99999"},
        {"page": "-3"},
        {"page": "0"},
        {"page": "9" * 5000},
        {"page": "²"},
    ):
        assert "<mark>救护</mark>培训" in html(visit(q="救护", **parameters)), parameters


def test_pages_link_to_each_other_and_keep_the_filters(visit: Visit, add: Any) -> None:
    for number in range(25):
        add(f"救护{number}", year=2026)
    first, last = html(visit(q="救护", year="2026")), html(visit(q="救护", year="2026", page="99"))
    address = "?q=%E6%95%91%E6%8A%A4&amp;year=2026"
    assert first.count("result-title") == 10
    assert f'href="{address}&amp;page=2"' in first
    assert last.count("result-title") == 5
    assert f'href="{address}&amp;page=2"' in last
    assert 'start="21"' in last


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_get_a_page(visit: Visit, add: Any, query: str) -> None:
    add("急救培训")
    page = html(visit(q=query.encode("utf-8", "replace").decode()))
    assert len(page) < 60_000


def test_a_query_cannot_write_html(visit: Visit) -> None:
    attack = "<script>alert(1)</script>"
    page = html(visit(q=attack))
    assert attack not in page
    assert escape(attack) in page


def test_the_page_is_the_same_for_everybody(visit: Visit, add: Any) -> None:
    add("救护培训")
    response = visit(q="救护")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in html(response)
    assert "public" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")


def test_the_language_of_the_address_chooses_what_is_searched(
    visit: Visit, add: Any, client: Client
) -> None:
    add("救护培训")
    assert "<mark>救护</mark>培训" not in html(client.get("/ko/search/", {"q": "救护"}))


def test_the_number_of_queries_does_not_grow(
    visit: Visit, add: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        add(f"救护{number}", year=2026)
    visit(q="救护")
    with django_assert_max_num_queries(18):
        visit(q="应急救护培训", year="2026")


def test_other_methods_are_refused(visit: Visit, client: Client) -> None:
    assert client.post("/search/", {"q": "救护"}).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/search/", {"q": "救护"}).status_code == 405


def test_without_a_source_nothing_is_found(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_registered", [])
    assert "没有找到" in html(visit(q="救护"))
