from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils.html import escape
from django.utils.safestring import mark_safe

from search import registry
from search.registry import Hit, SearchFilter, SearchSource
from tests.factories import make_branch
from tests.search.articles import Article
from tests.search.test_hostile_input import HOSTILE

Visit = Callable[..., Any]


def present(articles: Sequence[Article]) -> list[Hit]:
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


def in_year(queryset: QuerySet[Article], value: str) -> QuerySet[Article]:
    return queryset.filter(year=int(value))


def secrecy(queryset: QuerySet[Article], value: str) -> QuerySet[Article]:
    """By a field that a search may not filter on, which the page makes possible."""
    return queryset.filter(secret=value == "yes")


SOURCE = SearchSource(
    queryset=lambda language: Article.objects.filter(live=language == "zh-hans"),
    present=present,
    filters=[
        SearchFilter("year", "年份", lambda _: [("2025", "2025 年"), ("2026", "2026 年")], in_year),
        SearchFilter("secret", "密级", lambda _: [("yes", "内部"), ("no", "公开")], secrecy),
        SearchFilter(
            "branch",
            "单位",
            lambda _: [(f"b{number}", f"分会{number}") for number in range(71)],
            lambda queryset, value: queryset.filter(title__endswith=value[1:]),
        ),
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


def test_filters_narrow_combine_and_stay_in_the_address(visit: Visit, add: Any) -> None:
    add("救护甲", year=2025, secret=True)
    add("救护乙", year=2026, secret=True)
    add("救护丙", year=2026)
    page = html(visit(q="救护", year="2026", secret="yes"))
    assert "救护</mark>乙" in page
    assert "救护</mark>甲" not in page
    assert "救护</mark>丙" not in page
    query = "?q=%E6%95%91%E6%8A%A4"
    assert f'href="{query}&amp;secret=yes"' in page, "takes the year back"
    assert f'href="{query}&amp;secret=yes&amp;year=2025"' in page, "takes another year"
    assert '<input type="hidden" name="year" value="2026">' in " ".join(page.split())


def test_a_long_filter_is_a_list_in_the_form(visit: Visit, add: Any) -> None:
    add("救护70")
    add("救护69")
    page = html(visit(q="救护", branch="b70"))
    assert '<option value="b70" selected>分会70</option>' in page
    assert 'class="chip' in page
    assert "救护</mark>70" in page
    assert "救护</mark>69" not in page


def test_unknown_values_and_pages_are_ignored(visit: Visit, add: Any) -> None:
    add("救护培训")
    for parameters in (
        {"year": "1066"},
        {"year": "abc"},
        {"branch": "x' OR 1=1"},
        {"nonsense": "1"},
        {"page": "abc"},
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
    with django_assert_max_num_queries(14):
        visit(q="应急救护培训", year="2026")


def test_other_methods_are_refused(visit: Visit, client: Client) -> None:
    assert client.post("/search/", {"q": "救护"}).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/search/", {"q": "救护"}).status_code == 405


def test_without_a_source_nothing_is_found(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_registered", [])
    assert "没有找到" in html(visit(q="救护"))
