from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from modelsearch.conf import get_app_config
from pytest_django.fixtures import DjangoAssertNumQueries

from search.backends import entries as entries_of_an_index
from tests.search.articles import Article


def entries() -> Any:
    return get_app_config().get_model("IndexEntry").objects


def test_changing_an_object_changes_what_finds_it(add: Any, find: Any, backend: Any) -> None:
    article = add("救护培训")
    Article.objects.filter(pk=article.pk).update(title="抗洪救灾")
    article.refresh_from_db()
    backend.add(article)
    assert find("救护") == []
    assert find("救灾") == ["抗洪救灾"]


def test_a_deleted_object_is_forgotten(add: Any, find: Any, backend: Any) -> None:
    article = add("救护培训")
    backend.delete(article)
    assert find("救护") == []


def test_the_index_holds_terms_not_texts(add: Any, backend: Any) -> None:
    article = add("緊急救護", "AED")
    backend.add(article)
    entry = entries().get(object_id=str(article.pk))
    assert set(re.findall("[a-z]+|[\u4e00-\u9fff]+", entry.title)) == {"紧急", "急救", "救护", "护"}
    assert "aed" in entry.body
    assert "AED" not in entry.body


def test_many_objects_are_written_in_batches(
    backend: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entries_of_an_index, "BATCH", 10)
    articles = Article.objects.bulk_create(Article(title=f"救护{number}") for number in range(21))
    backend.add(articles[0])
    with django_assert_num_queries(12):  # each batch is read between two looks at its rows
        backend.add_bulk(Article, articles)
    assert backend.search("救护", Article).count() == len(articles)


def test_the_rebuild_opens_no_transaction_around_its_batches(
    backend: Any, root_pages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root_pages("救护", 3)
    depths = []
    entry = backend.index_class.entry

    def spy(self: Any, obj: Any, content_type: int) -> Any:
        depths.append(len(connection.atomic_blocks))
        return entry(self, obj, content_type)

    monkeypatch.setattr(backend.index_class, "entry", spy)
    outside = len(connection.atomic_blocks)
    call_command("update_index", stdout=StringIO())
    assert set(depths) == {outside}


def test_the_rebuild_drops_what_is_gone(backend: Any, root_pages: Any) -> None:
    from wagtail.models import Page

    root_pages("救护", 2)
    page = Page.objects.get(title="救护0")
    entries().create(content_type_id=page.cached_content_type.pk, object_id="987654", title="救护")
    call_command("update_index", stdout=StringIO())
    assert not entries().filter(object_id="987654").exists()
    assert backend.search("救护", Page).count() == 2
