"""The index is built anew while people search and write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.search.backends import get_search_backend

from search.backends.elasticsearch.rebuilding import Rebuilder, ReplacedError
from search.models import IndexState
from tests.search.articles import Article

pytestmark = pytest.mark.server


@pytest.fixture
def backend(elasticsearch_url: str, article_tables: None, db: None) -> Iterator[Any]:
    """A backend without any index; what it leaves is deleted."""
    found = get_search_backend(
        "search.backends.elasticsearch",
        URLS=elasticsearch_url,
        INDEX_PREFIX="built_",
        REFRESH=True,
        TIMEOUT=30,
    )
    found.line.restore()
    yield found
    found.get_index_for_model(Article).delete()


def rebuild(backend: Any) -> None:
    rebuilder = begin(backend)
    rebuilder.new.add_items(Article, list(Article.objects.all()))
    rebuilder.finish()


def begin(backend: Any) -> Rebuilder:
    rebuilder = Rebuilder(backend.get_index_for_model(Article))
    rebuilder.start().add_model(Article)
    return rebuilder


def indexes(backend: Any) -> list[str]:
    return sorted(backend.get_index_for_model(Article).concrete_names())


def test_the_first_rebuild_and_the_next_leave_one_index(backend: Any, find: Any) -> None:
    Article.objects.create(title="救护")
    rebuild(backend)
    first = indexes(backend)
    assert find("救护") == ["救护"]
    rebuild(backend)
    assert len(first) == len(indexes(backend)) == 1
    assert first != indexes(backend)
    assert find("救护") == ["救护"]
    assert IndexState.objects.get().index == "built_search_tests_article"


def segments(backend: Any, name: str) -> int:
    (found,) = backend.es.indices.segments(index=name)["indices"].values()
    return len(found["shards"]["0"][0]["segments"])


def test_what_was_written_in_parts_is_merged(backend: Any, find: Any) -> None:
    rebuilder = begin(backend)
    for number in range(3):
        Article.objects.create(title=f"救护{number}")
        rebuilder.new.add_items(Article, list(Article.objects.all()))
        rebuilder.new.refresh()
    assert segments(backend, rebuilder.new.name) == 3
    rebuilder.finish()
    until = time.monotonic() + 30
    while segments(backend, rebuilder.live.name) > 1 and time.monotonic() < until:
        time.sleep(0.1)
    assert segments(backend, rebuilder.live.name) == 1
    assert sorted(find("救护")) == ["救护0", "救护1", "救护2"]


def test_searches_go_on_in_the_old_index(backend: Any, find: Any) -> None:
    Article.objects.create(title="救护")
    rebuild(backend)
    rebuilder = begin(backend)
    assert find("救护") == ["救护"]
    rebuilder.finish()


def test_what_changes_meanwhile_is_in_both(backend: Any, add: Any, find: Any) -> None:
    kept, renamed, deleted = (
        Article.objects.create(title=f"救护{name}") for name in ("甲", "乙", "丙")
    )
    rebuild(backend)
    rebuilder = begin(backend)
    read = list(Article.objects.all())
    Article.objects.filter(pk=renamed.pk).update(title="献血")
    backend.add(Article.objects.get(pk=renamed.pk))
    backend.delete(deleted)
    deleted.delete()
    add("救护丁")
    for found in (find("救护"), find("献血")):
        assert sorted(found) in (["救护丁", "救护甲"], ["献血"])
    rebuilder.new.add_items(Article, read)
    rebuilder.finish()
    assert sorted(find("救护")) == ["救护丁", kept.title]
    assert find("献血") == ["献血"]
    assert backend.search("救护", Article).count() == 2


def test_what_the_rebuild_did_not_come_by_is_brought_in(backend: Any, find: Any) -> None:
    rebuilder = begin(backend)
    first = Article.objects.create(title="救护甲")
    rebuilder.new.add_items(Article, [first])
    Article.objects.bulk_create([Article(title="救护乙")])
    rebuilder.finish()
    assert sorted(find("救护")) == ["救护乙", "救护甲"]


def test_what_an_aborted_rebuild_left_is_deleted(backend: Any, find: Any) -> None:
    Article.objects.create(title="救护")
    rebuild(backend)
    begin(backend)
    assert len(indexes(backend)) == 2
    rebuild(backend)
    assert len(indexes(backend)) == 1
    assert find("救护") == ["救护"]


def test_of_two_rebuilds_at_once_the_later_wins(backend: Any) -> None:
    first = begin(backend)
    second = begin(backend)
    with pytest.raises(ReplacedError):
        first.finish()
    second.finish()
    assert indexes(backend) == [second.new.name]


def test_an_index_under_the_very_name_gives_way(backend: Any, find: Any) -> None:
    Article.objects.create(title="救护")
    backend.es.indices.create(index="built_search_tests_article")
    rebuild(backend)
    assert len(indexes(backend)) == 1
    assert find("救护") == ["救护"]


def test_without_an_index_the_database_answers_and_none_is_made(
    backend: Any, add: Any, find: Any
) -> None:
    add("救护")
    assert indexes(backend) == []
    assert find("救护") == ["救护"]
