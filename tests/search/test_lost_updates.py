"""Who saves while an index is written from what was read before is not written over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from search import index_checking
from tests.search.articles import Article


@pytest.fixture
def meanwhile(
    backend: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[], None]], None]:
    """Lets something happen once, after objects were read and before they are written."""
    index_class: Any = type(backend.get_index_for_model(Article))
    write = index_class.write
    happening: list[Callable[[], None]] = []

    def spy(self: Any, model: Any, objs: Sequence[Any], gone: Sequence[str]) -> None:
        while happening:
            happening.pop()()
        write(self, model, objs, gone)

    monkeypatch.setattr(index_class, "write", spy)
    return happening.append


def test_a_change_is_kept(backend: Any, add: Any, find: Any, meanwhile: Any) -> None:
    article = add("救护")

    def save() -> None:
        Article.objects.filter(pk=article.pk).update(title="献血")
        backend.add(Article.objects.get(pk=article.pk))

    read = list(Article.objects.all())
    meanwhile(save)
    backend.add_bulk(Article, read)
    assert find("献血") == ["献血"]
    assert find("救护") == []


def test_what_is_deleted_stays_away(backend: Any, add: Any, meanwhile: Any) -> None:
    article = add("救护")

    def delete() -> None:
        backend.delete(article)
        Article.objects.filter(pk=article.pk)._raw_delete("default")

    read = list(Article.objects.all())
    meanwhile(delete)
    backend.add_bulk(Article, read)
    index = backend.get_index_for_model(Article)
    assert not index.known(Article, [str(read[0].pk)])


def test_what_goes_and_comes_again_is_kept(backend: Any, find: Any, meanwhile: Any) -> None:
    def come() -> None:
        backend.add(Article.objects.create(pk=77, title="救护"))

    meanwhile(come)
    index_checking.write_as_now(backend.get_index_for_model(Article), Article, ["77"])
    assert find("救护") == ["救护"]


def test_what_is_never_the_same_is_written_some_times(
    backend: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Article.objects.create(title="救护")
    index = backend.get_index_for_model(Article)
    monkeypatch.setattr(index_checking, "rows", lambda model, pks: {pk: object() for pk in pks})
    written: list[Any] = []
    monkeypatch.setattr(type(index), "write", lambda self, *what: written.append(what))
    index.add_items(Article, [article])
    assert len(written) == index_checking.ATTEMPTS


def test_a_rebuild_finds_what_it_skipped(
    backend: Any, root_pages: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root_pages("救护", 6)
    for page in Page.objects.filter(title__startswith="救护"):
        backend.delete(page)
    index_class: Any = type(backend.get_index_for_model(Page))
    add_items = index_class.add_items
    first = [Page.objects.get(title="救护0")]

    def spy(self: Any, model: Any, objs: Any) -> None:
        add_items(self, model, objs)
        if model is Page and first:
            first.pop().delete()

    monkeypatch.setattr(index_class, "add_items", spy)
    call_command("update_index", chunk_size=2, stdout=StringIO())
    found = backend.search("救护", Page)
    assert {page.title for page in found} == {f"救护{number}" for number in range(1, 6)}


def test_a_rebuild_without_objects_brings_in_none(backend: Any) -> None:
    page = Page.objects.get(depth=1)
    backend.delete(page)
    call_command("update_index", schema_only=True, stdout=StringIO())
    assert backend.get_index_for_model(Page).known(Page, [str(page.pk)]) == set()
