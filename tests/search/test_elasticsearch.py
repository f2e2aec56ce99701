"""What is Elasticsearch's own: the same hits as SQLite, large numbers, few requests."""

from __future__ import annotations

import random
from typing import Any

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL, And, Fuzzy, Not, Phrase, PlainText

from search.backends.elasticsearch.compiler import QueryCompiler
from search.query import Question
from tests.search.articles import Article

pytestmark = pytest.mark.server


@pytest.fixture
def backend(elasticsearch: Any) -> Any:
    return elasticsearch


VOCABULARY = [
    "应急",
    "救护",
    "培训",
    "造血干细胞",
    "捐献",
    "志愿者",
    "献血",
    "红十字会",
    "AED",
    "8号",
]


@pytest.fixture
def random_articles(backend: Any) -> random.Random:
    """120 articles of words at random, in both indexes."""
    dice = random.Random(20261)
    made = [
        Article(
            title="".join(dice.sample(VOCABULARY, dice.randint(1, 3))),
            body="，".join(dice.choices(VOCABULARY, k=dice.randint(0, 6))),
        )
        for _ in range(120)
    ]
    articles = Article.objects.bulk_create(made)
    for each in (backend, get_search_backend("search.backends.sqlite")):
        each.add_bulk(Article, articles)
    return dice


def test_the_same_hits_as_on_sqlite(random_articles: random.Random, backend: Any) -> None:
    other = get_search_backend("search.backends.sqlite")
    for _ in range(60):
        words = random_articles.choices(VOCABULARY, k=random_articles.randint(1, 6))
        one, *_rest = words
        for query in (
            "".join(words),
            " ".join(words),
            And([Question("".join(words)), Not(Phrase(one))]),
            PlainText(" ".join(words)),
            Phrase("".join(words[:2])),
        ):
            ours = {found.pk for found in backend.search(query, Article)}
            theirs = {found.pk for found in other.search(query, Article)}
            assert ours == theirs, query
        typed = "".join(words)[: random_articles.randint(1, 5)]
        assert set(backend.autocomplete(typed, Article)) == set(
            other.autocomplete(typed, Article)
        ), typed


def test_misspelt_words_in_letters_are_found(add: Any, find: Any) -> None:
    add("First aid training")
    add("Blood donation")
    assert find(Fuzzy("trainning")) == ["First aid training"]
    assert find("trainning") == []


def test_a_text_of_a_related_object_is_found(backend: Any, find: Any) -> None:
    from tests import factories

    line = factories.make_line()
    piece = factories.make_piece(line.county, title="慰问活动")
    backend.get_index_for_model(type(piece)).add_model(type(piece))
    backend.add(piece)
    assert find(line.county.name, type(piece).objects.all()) == ["慰问活动"]
    of_branch = type(piece).objects.filter(branch=line.county)
    assert find("慰问", of_branch) == ["慰问活动"]
    assert find("慰问", of_branch.filter(locale__language_code="ko")) == []


def test_facets_of_many_values_come_whole_and_typed(backend: Any) -> None:
    articles = [
        Article(title="献血", number=value % 71, live=value % 2 == 0) for value in range(142)
    ]
    backend.add_bulk(Article, Article.objects.bulk_create([*articles, Article(title="献血")]))
    found = backend.search("献血", Article)
    of_numbers: dict[int | None, int] = dict.fromkeys(range(71), 2)
    assert dict(found.facet("number")) == of_numbers | {None: 1}
    assert dict(found.facet("live")) == {True: 72, False: 71}
    assert next(iter(found.facet("live"))) is True


def test_facets_count_and_first_page_need_one_request(
    backend: Any, add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2025, 2026, 2026):
        add("救护培训", year=year)
    asked = []
    ask = backend.ask

    def spy(*searches: Any) -> Any:
        asked.append(searches)
        return ask(*searches)

    monkeypatch.setattr(backend, "ask", spy)
    everything = Article.objects.all()
    found = backend.search("救护培训", everything.filter(year=2026))
    facets = found.facets({"year": ("year", everything), "here": ("year", found_in(2026))})
    assert (dict(facets["year"]), dict(facets["here"])) == ({2026: 2, 2025: 1}, {2026: 2})
    assert found.count() == 2
    assert len(list(found[:10])) == 2
    assert len(asked) == 2


def found_in(year: int) -> Any:
    return Article.objects.filter(year=year)


def test_filters_of_more_values_than_the_engine_takes_at_once(add: Any, find: Any) -> None:
    article = add("献血")
    add("献血", live=False)
    many = [*range(1_000_000, 1_070_000), article.pk]
    assert find("献血", Article.objects.filter(pk__in=many)) == ["献血"]
    subquery = Article.objects.filter(live=True)
    assert find("献血", Article.objects.filter(pk__in=subquery)) == ["献血"]
    assert find("献血", Article.objects.filter(pk__in=Article.objects.none())) == []


def test_any_depth_is_reached(backend: Any) -> None:
    articles = Article.objects.bulk_create(
        [Article(title="献血", year=number) for number in range(10_050)]
    )
    backend.add_bulk(Article, articles)
    by_year = backend.search("献血", Article.objects.order_by("year"), order_by_relevance=False)
    assert [found.year for found in by_year[10_020:10_025]] == list(range(10_020, 10_025))
    assert [found.year for found in by_year] == list(range(10_050))
    assert by_year.count() == 10_050
    assert len(list(backend.search(MATCH_ALL, Article)[9_990:10_010])) == 20


def test_a_query_that_the_engine_refuses_is_answered_elsewhere(
    add: Any, backend: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    add("献血")
    monkeypatch.setattr(QueryCompiler, "get_inner_query", lambda self: {"no_such_query": {}})
    assert [found.title for found in backend.search("献血", Article)] == ["献血"]
    assert "refuses a query" in caplog.text
    monkeypatch.undo()
    assert backend.ask(Article, {"query": {"match_all": {}}}), "it is not thought to be down"


def test_an_object_that_is_gone_is_left_out(add: Any, find: Any) -> None:
    article = add("献血")
    Article.objects.filter(pk=article.pk).delete()
    assert find("献血") == []


def test_pages_are_found_as_what_they_are(backend: Any, root_pages: Any) -> None:
    root_pages("救护", 3)
    assert backend.search("救护", Page).count() == 3
    assert len(backend.autocomplete("救", Page)) == 3
