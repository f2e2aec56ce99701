"""Models that inherit with tables of their own have one document each on Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from wagtail.search import index as search_index
from wagtail.search.backends import get_search_backend

from search.backends.elasticsearch import inheritance, rebuilding
from search.backends.elasticsearch.rebuilding import Rebuilder
from search.index_checking import difference

pytestmark = pytest.mark.server


class Place(search_index.Indexed, models.Model):
    name = models.CharField(max_length=50)
    search_fields: ClassVar[list[Any]] = [search_index.SearchField("name")]

    class Meta:
        app_label = "search_tests"


class Restaurant(Place):
    cuisine = models.CharField(max_length=50)
    search_fields: ClassVar[list[Any]] = [
        *Place.search_fields,
        search_index.SearchField("cuisine"),
    ]

    class Meta:
        app_label = "search_tests"


MODELS: tuple[Any, ...] = (Place, Restaurant)


@pytest.fixture(scope="module")
def _place_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
        content_types = ContentType.objects.get_for_models(*MODELS)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in reversed(MODELS):
            editor.delete_model(model)
            content_types[model].delete()


@pytest.fixture
def backend(
    elasticsearch_url: str, _place_tables: None, db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """A backend that knows places only, all of which are indexed anew."""
    for module in (inheritance, rebuilding):
        monkeypatch.setattr(module, "get_indexed_models", lambda: list(MODELS))
    found = get_search_backend(
        "search.backends.elasticsearch",
        URLS=elasticsearch_url,
        INDEX_PREFIX="places_",
        REFRESH=True,
        TIMEOUT=30,
    )
    found.line.restore()
    Place.objects.create(name="博物馆")
    Restaurant.objects.create(name="老饭店", cuisine="京菜")
    rebuilder = Rebuilder(found.get_index_for_model(Place))
    new = rebuilder.start()
    for model in MODELS:
        new.add_items(model, list(model.objects.all()))
    rebuilder.finish()
    yield found
    found.get_index_for_model(Place).delete()


def names(backend: Any, query: str, model: Any) -> list[str]:
    return [each.name for each in backend.search(query, model)]


def test_all_are_found_as_what_they_are(backend: Any) -> None:
    assert names(backend, "京菜", Restaurant) == ["老饭店"]
    assert names(backend, "老饭店", Place) == ["老饭店"]
    assert names(backend, "博物馆", Place) == ["博物馆"]
    assert names(backend, "博物馆", Restaurant) == []


def test_nothing_differs_after_a_rebuild(backend: Any) -> None:
    index = backend.get_index_for_model(Place)
    assert [len(difference(index, model)) for model in MODELS] == [0, 0]


def test_saving_the_row_above_keeps_what_is_below(backend: Any) -> None:
    place = Place.objects.get(name="老饭店")
    place.name = "新饭店"
    place.save()
    backend.add(place)
    assert names(backend, "新饭店 京菜", Restaurant) == ["新饭店"]
