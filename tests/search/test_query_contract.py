"""What `modelsearch` promises of every backend: operators, trees, fields, filters, order, slices.

Stock: https://github.com/wagtail/django-modelsearch/blob/main/modelsearch/tests/test_backends.py
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator
from wagtail.search.backends.base import FieldError, FilterFieldError
from wagtail.search.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    Not,
    Or,
    Phrase,
    PlainText,
)

from tests.search.articles import Article

pytestmark = pytest.mark.usefixtures("articles")

SCHOOL, STREET, FLOOD, BLOOD = "救护培训进校园", "救护进社区", "抗洪救灾", "献血进校园"
ALL = {SCHOOL, STREET, FLOOD, BLOOD}


@pytest.fixture
def articles(add: Any) -> list[Article]:
    return [
        add(SCHOOL, "学生学习心肺复苏", year=2025),
        add(STREET, "居民学习", year=2026),
        add(FLOOD, "救援队", year=2024),
        add(BLOOD, "学生献血", year=2026, live=False),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (MATCH_ALL, ALL),
        (MATCH_NONE, set()),
        (Not(MATCH_NONE), ALL),
        (PlainText("救护 校园"), {SCHOOL}),
        (PlainText("救护 校园", operator="or"), {SCHOOL, STREET, BLOOD}),
        (Phrase("救护培训"), {SCHOOL}),
        (Phrase("培训救护"), set()),
        (Phrase("？"), set()),
        (Fuzzy("救护 洪水"), {SCHOOL, STREET}),
        (Not(PlainText("校园")), {STREET, FLOOD}),
        (And([PlainText("救护"), Not(PlainText("校园"))]), {STREET}),
        (And([Not(PlainText("救护")), Not(PlainText("献血"))]), {FLOOD}),
        (Or([PlainText("抗洪"), Not(PlainText("校园"))]), {STREET, FLOOD}),
        (Or([Not(PlainText("校园")), Not(PlainText("救护"))]), {STREET, FLOOD, BLOOD}),
        (And([PlainText("校园"), MATCH_ALL]), {SCHOOL, BLOOD}),
        (And([PlainText("校园"), MATCH_NONE]), set()),
        (Or([PlainText("校园"), MATCH_NONE]), {SCHOOL, BLOOD}),
        (Or([PlainText("校园"), MATCH_ALL]), ALL),
        (Not(Or([PlainText("救护"), PlainText("献血")])), {FLOOD}),
        (Not(Phrase("？")), ALL),
    ],
)
def test_trees(find: Any, query: Any, expected: set[str]) -> None:
    found = find(query)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_operators(find: Any) -> None:
    assert find("救护 献血", operator="and") == []
    assert set(find("救护 献血", operator="or")) == {SCHOOL, STREET, BLOOD}
    with pytest.raises(ValueError, match="operator"):
        find("救护", operator="xor")


def test_boosts_change_the_order(find: Any) -> None:
    flood, blood = PlainText("抗洪"), PlainText("献血")
    assert find(Boost(flood, 10) | blood) == [FLOOD, BLOOD]
    assert find(flood | Boost(blood, 10)) == [BLOOD, FLOOD]


def test_fields(find: Any) -> None:
    assert set(find("献血", fields=["title"])) == {BLOOD}
    assert find("心肺复苏", fields=["title"]) == []
    assert find("心肺复苏", fields=["body"]) == [SCHOOL]
    assert find("救护", fields=["title", "body"], operator="and")
    assert find("救护", fields=[]) == []
    with pytest.raises(FieldError):
        find("救护", fields=["live"])


def test_filters(find: Any) -> None:
    assert find("校园", Article.objects.filter(live=True)) == [SCHOOL]
    assert find("校园", Article.objects.filter(year__in=[2024, 2026])) == [BLOOD]
    assert find("校园", Article.objects.exclude(live=True)) == [BLOOD]
    assert find("校园", Article.objects.none()) == []
    with pytest.raises(FilterFieldError):
        find("校园", Article.objects.filter(secret=False))


def test_order(find: Any) -> None:
    def ordered(*names: str) -> Any:
        return find("校园 救护", Article.objects.order_by(*names), order_by_relevance=False)

    assert ordered("year", "id") == [SCHOOL, STREET, BLOOD]
    assert ordered("-year", "id") == [STREET, BLOOD, SCHOOL]
    assert ordered() == [BLOOD, STREET, SCHOOL]


def test_slices_count_what_they_hold(backend: Any) -> None:
    found = backend.search("校园 救护 救灾", Article, operator="or")
    assert found.count() == len(found) == 4
    assert [each.title for each in found[1:3]] == [each.title for each in found][1:3]
    assert found[1:3].count() == 2
    assert found[3:9].count() == 1
    assert found[0] == next(iter(found))
    assert backend.search(MATCH_ALL, Article)[1:3].count() == 2


def test_counting_and_paging_search_once(
    backend: Any, django_assert_max_num_queries: Any, one_request: None
) -> None:
    backend.search("校园", Article).count()
    found = backend.search("校园 救护", Article)
    with django_assert_max_num_queries(7):
        paginator = Paginator(found, 2)
        assert paginator.count == 3
        assert len(list(paginator.page(1))) == 2


def test_facets(backend: Any) -> None:
    found = backend.search("校园 救护", Article, operator="or")
    assert next(iter(found.facet("year").items())) == (2026, 2)
    assert dict(found.facet("year")) == {2025: 1, 2026: 2}
    assert dict(backend.search(Not(PlainText("校园")), Article).facet("live")) == {True: 2}
    with pytest.raises(FilterFieldError):
        found.facet("secret")


def test_blank_queries_find_nothing(find: Any, complete: Any) -> None:
    for query in ("", " ", "？！", "😀"):
        assert find(query) == []
        assert complete(query) == []
