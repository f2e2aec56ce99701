"""What only PostgreSQL has: limits of its types, ranking from its `ts_rank`, several writers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from modelsearch.conf import get_app_config

from search.analysis import Term
from search.backends import tsrank, tsvector
from search.backends.texts import Tokens
from search.backends.tstext import vectors, written
from tests.search.articles import Article

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="test_on_postgres.py runs these on PostgreSQL"
)


def ask(sql: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def body(*tokens: str) -> str:
    return vectors(Tokens([], list(tokens), [], []))[1]


def test_a_phrase_is_found_beyond_the_last_place_that_there_is(add: Any, find: Any) -> None:
    beginning = "".join(chr(0x4E00 + number % 9000) for number in range(20_000))
    add("一篇长文", f"{beginning}，最后才说造血干细胞捐献。")
    assert find("造血干细胞捐献") == ["一篇长文"]


def test_of_a_text_that_is_too_large_the_beginning_is_found(add: Any, find: Any) -> None:
    words = " ".join(f"word{number}" for number in range(150_000))
    add("一本书", f"应急救护 {words}")
    assert find("应急救护") == ["一本书"]
    assert find("word77") == ["一本书"]


def test_a_token_longer_than_any_is_cut(add: Any, find: Any) -> None:
    add("一个字符串", "x" * 9_000 + " 救护")
    assert find("救护") == ["一个字符串"]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, 2, 3, 10, 50, 250])
def test_the_rank_tells_how_often_a_token_is_there(number: int) -> None:
    sql = f"SELECT {tsrank.times('%s::tsvector', '%s::tsquery')}"
    query = written(Term("救护", ("救护",)))
    assert ask(sql, body(*["救护", "培训"] * number, "献血"), query) == number


def test_the_planner_does_not_count_the_words(backend: Any) -> None:
    table = tsvector.Table(Article, ["title", "body"], 2.0)
    sql = tsvector.LOOK_UP.format(entries=table.entries, column="body")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", [[1], None, ["'救护'"] * 200])
        ((plan,), *_rest) = cursor.fetchall()
    assert "rows=10 " in plan


def test_what_many_entries_have_is_neither_read_nor_lost(
    add: Callable[..., Article], find: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tsvector, "MANY", 2)
    for number in range(8):
        add(f"救护{number}")
    add("救护培训")
    assert find("救护培训")[0] == "救护培训"
    assert len(find("救护", operator="and")) == 9


def test_what_is_not_looked_at_closely_comes_after(
    add: Callable[..., Article], backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tsvector, "LOOKS", 0)
    monkeypatch.setattr(tsvector, "FEWEST", 3)
    for number in range(6):
        add(f"第{number}篇", "献血")
    add("献血", "很长的一篇文章。" * 20)
    found = list(backend.search("献血", Article).annotate_score("score"))
    scores = [each.score for each in found]
    assert found[0].title == "献血"
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 7
    assert min(scores) > 0


@pytest.fixture
def articles(
    transactional_db: None, django_db_blocker: Any, article_tables: None
) -> Iterator[list[Article]]:
    yield Article.objects.bulk_create(Article(title=f"救护{number}") for number in range(200))
    Article.objects.all().delete()
    get_app_config().get_model("IndexEntry").objects.all().delete()


def test_two_who_write_the_same_entries_do_not_wait_for_each_other(
    articles: list[Article], django_db_blocker: Any
) -> None:
    from wagtail.search.backends import get_search_backend

    start = Barrier(2)

    def write(objs: list[Article]) -> None:
        with django_db_blocker.unblock():
            start.wait()
            for _ in range(5):
                get_search_backend("search.backends.postgres").add_bulk(Article, objs)
            connections.close_all()

    with ThreadPoolExecutor(2) as writers:
        list(writers.map(write, [articles, articles[::-1]]))
    found = get_search_backend("search.backends.postgres").search("救护", Article)
    assert found.count() == len(articles)
