"""A database with the table of `articles`, and the backend under test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from modelsearch.abstract_models import TextIDGenericRelation
from modelsearch.conf import get_app_config
from wagtail.search.backends import get_search_backend

from search import dictionary
from tests.search.articles import Article

Titles = list[str]


@pytest.fixture(scope="session")
def article_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    entry = get_app_config().get_model("IndexEntry")
    if not hasattr(Article, "index_entries"):
        TextIDGenericRelation(entry).contribute_to_class(Article, "index_entries")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Article)
        content_type = ContentType.objects.get_for_model(Article)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Article)
        content_type.delete()


@pytest.fixture
def backend(article_tables: None, db: None) -> Any:
    """The suite's backend for the database that the tests run on."""
    name = {"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor]
    return get_search_backend(f"search.backends.{name}")


@pytest.fixture
def add(backend: Any) -> Callable[..., Article]:
    """Makes an article and indexes it."""

    def add_article(title: str, body: str = "", **fields: Any) -> Article:
        article = Article.objects.create(title=title, body=body, **fields)
        backend.add(article)
        return article

    return add_article


@pytest.fixture
def find(backend: Any) -> Callable[..., Titles]:
    """The titles that a search finds, in order."""

    def titles(query: Any, queryset: Any = None, **options: Any) -> Titles:
        queryset = Article.objects.all() if queryset is None else queryset
        return [found.title for found in backend.search(query, queryset, **options)]

    return titles


@pytest.fixture
def complete(backend: Any) -> Callable[..., Titles]:
    """The titles that a search while typing finds, in order."""

    def titles(query: Any, **options: Any) -> Titles:
        return [found.title for found in backend.autocomplete(query, Article, **options)]

    return titles


@pytest.fixture
def one_request() -> Iterator[None]:
    """The dictionary in force is looked up once in a request; here not at all."""
    with dictionary.using(dictionary.shipped()):
        yield


@pytest.fixture
def root_pages(db: None, backend: Any) -> Callable[[str, int], None]:
    """Makes so many plain Wagtail pages with a title and a number, and indexes them."""
    from wagtail.models import Page

    def add_pages(title: str, number: int) -> None:
        root = Page.objects.get(depth=1)
        for each in range(number):
            page = root.add_child(instance=Page(title=f"{title}{each}", slug=f"searched-{each}"))
            backend.add(page)

    return add_pages


@pytest.fixture(scope="session")
def elasticsearch_backend(elasticsearch_url: str) -> Any:
    return get_search_backend(
        "search.backends.elasticsearch",
        URLS=elasticsearch_url,
        INDEX_PREFIX="tests_",
        REFRESH=True,
        TIMEOUT=30,
    )


@pytest.fixture
def elasticsearch(elasticsearch_backend: Any, article_tables: None, db: None) -> Any:
    """The Elasticsearch backend with an empty index for articles, and one for pages: a module
    whose `backend` it is tests Elasticsearch. New ones for each test, as what is deleted counts in
    the ranking until it is merged away."""
    from wagtail.models import Page

    elasticsearch_backend.line.restore()
    for model in (Article, Page):
        index = elasticsearch_backend.get_index_for_model(model)
        index.reset()
        index.add_model(model)
    return elasticsearch_backend
