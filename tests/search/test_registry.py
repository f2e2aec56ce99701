from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from search import registry
from search.registry import SearchFilter, SearchSource
from tests.search.articles import Article


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_registered", [])


def source(*names: str) -> SearchSource:
    filters = [SearchFilter(name, name, "year", options=lambda _: []) for name in names]
    return SearchSource(lambda _: Article.objects.all(), lambda found, language: [], filters)


def test_what_is_registered_is_searched() -> None:
    assert registry.registered_source() is None
    registry.register(first := source("topic", "year"))
    assert registry.registered_source() is first


def test_only_one_may_register() -> None:
    registry.register(source())
    with pytest.raises(ImproperlyConfigured):
        registry.register(source())


@pytest.mark.parametrize("names", [("q",), ("page",), ("topic", "topic")])
def test_names_of_filters_are_free_and_unique(names: tuple[str, ...]) -> None:
    with pytest.raises(ImproperlyConfigured, match=names[0]):
        registry.register(source(*names))
    assert registry.registered_source() is None
