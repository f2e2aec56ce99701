"""Where a search engine is away and no other is named, the texts are looked through: whatever is
asked, nobody sees an error."""

from __future__ import annotations

from typing import Any

import pytest
from modelsearch.query import SearchQuery
from wagtail.search.backends import get_search_backend
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

from search.query import Question
from stories.models import StoryPage
from tests.search.articles import Article

SCHOOL, STREET, BLOOD = "救护培训进校园", "救护进社区", "献血进校园"
ALL = {SCHOOL, STREET, BLOOD}


@pytest.fixture
def resort(article_tables: None, db: None) -> Any:
    """The backend that a search engine without FALLBACK turns to."""
    engine = get_search_backend("search.backends.elasticsearch")
    return get_search_backend(engine.fallback)


@pytest.fixture
def articles(db: None) -> None:
    for title in (SCHOOL, STREET, BLOOD):
        Article.objects.create(title=title, year=2025 if title == BLOOD else 2026)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("救护 校园", {SCHOOL}),
        ("   ", set()),
        ("救\x00护", {SCHOOL, STREET}),
        ("\ud800", set()),
        (PlainText(""), set()),
        (Question("救护 献血"), ALL),
        (Phrase("救护培训"), {SCHOOL}),
        (Phrase(""), set()),
        (Fuzzy("救护"), {SCHOOL, STREET}),
        (Boost(PlainText("献血"), 3), {BLOOD}),
        (Not(PlainText("校园")), {STREET}),
        (And([MATCH_ALL, MATCH_ALL]), ALL),
        (And([PlainText("救护"), MATCH_NONE]), set()),
        (Or([MATCH_NONE, MATCH_NONE]), set()),
        (Or([PlainText("献血"), MATCH_ALL]), ALL),
    ],
)
def test_every_query_is_answered(
    resort: Any, articles: None, query: str | SearchQuery, expected: set[str]
) -> None:
    found = resort.search(query, Article)
    assert {each.title for each in found} == expected
    assert found.count() == len(expected)
    assert {each.title for each in resort.autocomplete(query, Article)} == expected


def test_facets_are_counted(resort: Any, articles: None) -> None:
    years = resort.search("进", Article).facet("year")
    assert list(years.items()) == [(2026, 2), (2025, 1)]


def test_relations_may_be_filtered_by_and_counted(resort: Any) -> None:
    found = resort.search("救护", StoryPage.objects.filter(topics__in=[1, 2]))
    assert list(found) == []
    assert found.facet("topics") == {}
