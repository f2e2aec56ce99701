"""Every engine finds the same: what is worked out document by document, on texts by chance."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from wagtail.search.query import And, Fuzzy, Not, Or, Phrase, PlainText

from search.backends import matching
from search.backends.texts import Tokens, tokens_of
from search.query import Question
from tests.search.articles import Article
from tests.search.naive import Naive, columns

PIECES = [
    *"红十字会的救护培训急学校献血紅護",
    *("应急", "救护", "红十字会", "红会", "心肺复苏", "造血干细胞", "吉林省"),
    *("AED", "CPR", "aids", "training", "8", "2026", "號", "。", "，", " ", "적십자", "𠮷"),
    *("Café", "caffe", "cafe\u0301", "Ørsted", "orsted", "瞭解", "瞭", "了解"),
]
DOCUMENTS, QUERIES = 150, 25


@pytest.fixture
def by_chance() -> Random:
    return Random(20)


@pytest.fixture
def articles(backend: Any, by_chance: Random) -> list[Article]:
    made = [
        Article(pk=number, title=text(by_chance, 8), body=text(by_chance, 60))
        for number in range(DOCUMENTS)
    ]
    backend.add_bulk(Article, Article.objects.bulk_create(made))
    return made


@pytest.fixture
def tokens(articles: list[Article]) -> list[Tokens]:
    return [tokens_of(article) for article in articles]


def text(by_chance: Random, longest: int) -> str:
    return "".join(by_chance.choices(PIECES, k=by_chance.randint(1, longest)))


def found(results: Any) -> set[int]:
    return {article.pk for article in results}


@pytest.mark.parametrize("fields", [None, ["title"], ["body"]])
def test_searches(
    backend: Any, tokens: list[Tokens], by_chance: Random, fields: list[str] | None
) -> None:
    naive = Naive([columns(each, fields) for each in tokens])
    sizes = set()
    for _ in range(QUERIES):
        one, other = text(by_chance, 10), text(by_chance, 2)
        for query in (
            Question(one),
            PlainText(one, operator="and"),
            PlainText(one, operator="or"),
            Phrase(other),
            Phrase(one),
            And([Question(one), Phrase(other)]),
            And([Question(one), Not(Phrase(other))]),
            Or([Phrase(one), And([PlainText(other), Not(PlainText(one))])]),
            Or([PlainText(other), Not(Phrase(one))]),
        ):
            expected = naive.search(query)
            assert found(backend.search(query, Article, fields=fields)) == expected, query
            sizes.add(len(expected))
    assert len(sizes) > QUERIES / 2


def test_searches_while_typing(backend: Any, tokens: list[Tokens], by_chance: Random) -> None:
    naive = Naive([[each.typed] for each in tokens])
    sizes = set()
    for _ in range(2 * QUERIES):
        query = PlainText(text(by_chance, 3), operator="and")
        expected = naive.search(query, matching.AUTOCOMPLETE)
        assert found(backend.autocomplete(query, Article)) == expected, query
        sizes.add(len(expected))
    assert len(sizes) > QUERIES / 6


def test_databases_read_fuzzy_as_plain_text(
    backend: Any, tokens: list[Tokens], by_chance: Random
) -> None:
    naive = Naive([columns(each, None) for each in tokens])
    for _ in range(QUERIES):
        one = text(by_chance, 3)
        expected = naive.search(PlainText(one, operator="or"))
        assert found(backend.search(Fuzzy(one), Article)) == expected, one
