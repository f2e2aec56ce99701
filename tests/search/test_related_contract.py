"""What `modelsearch` promises where models refer to others, and what it does not: fields to many.

Stock: https://github.com/wagtail/django-modelsearch/blob/main/modelsearch/tests/test_backends.py
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import Q
from wagtail.search.backends.base import FilterFieldError

from tests.search.library.models import Author, Book, Leaflet, Novel, Place, Publisher

pytestmark = pytest.mark.usefixtures("books")

FLOOD, BLOOD, WINTER = "抗洪纪事", "献血纪事", "冬天的纪事"


@pytest.fixture
def authors(article_tables: None, db: None) -> list[Author]:
    return [
        Author.objects.create(name="林一", born=date(1970, 5, 1)),
        Author.objects.create(name="江二", born=date(1990, 5, 1)),
    ]


@pytest.fixture
def books(backend: Any, authors: list[Author]) -> None:
    for model in (Book, Novel, Leaflet):
        index = backend.get_index_for_model(model)
        index.reset()
        index.add_model(model)
    press = Publisher.objects.create(name="松江书社", place=Place.objects.create(name="吉林"))
    flood = Book.objects.create(
        title=FLOOD,
        published=date(2024, 12, 31),
        printed=datetime(2024, 12, 31, 16, 30, tzinfo=UTC),
        publisher=press,
    )
    blood = Book.objects.create(title=BLOOD, published=date(2025, 1, 1))
    winter = Novel.objects.create(title=WINTER, published=date(2026, 1, 1), setting="长春")
    flood.authors.set(authors)
    blood.authors.set(authors[:1])
    flood.tags.add("救灾", "志愿者")
    blood.tags.add("志愿者")
    for book in (flood, blood, winter):
        backend.add(book)


@pytest.fixture
def titles(backend: Any) -> Any:
    def found(books: Any, query: str = "纪事") -> list[str]:
        return sorted(each.title for each in backend.search(query, books))

    return found


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Q(publisher__name="松江书社"), [FLOOD]),
        (Q(publisher__place__name="吉林"), [FLOOD]),
        (Q(publisher__isnull=True), [WINTER, BLOOD]),
        (Q(authors__born__lt=date(1980, 1, 1)), [FLOOD, BLOOD]),
        (Q(published__year=2025), [BLOOD]),
        (Q(published__gte=date(2025, 1, 1)), [WINTER, BLOOD]),
        (Q(published__range=(date(2024, 1, 1), date(2025, 1, 1))), [FLOOD, BLOOD]),
        (Q(printed__lt=datetime(2024, 12, 31, 16, 31, tzinfo=UTC)), [FLOOD]),
        (Q(title__startswith="抗") | Q(title__in=[BLOOD]), [FLOOD, BLOOD]),
        (Q(publisher__in=Publisher.objects.filter(name="松江书社")), [FLOOD]),
        (Q(published__in=Book.objects.filter(title=BLOOD).values("published")), [BLOOD]),
    ],
)
def test_filters(titles: Any, wanted: Q, expected: list[str]) -> None:
    assert titles(Book.objects.filter(wanted)) == sorted(expected)


def test_filters_by_fields_to_many(titles: Any, authors: list[Author]) -> None:
    first, second = authors
    assert titles(Book.objects.filter(authors=second)) == [FLOOD]
    assert titles(Book.objects.filter(authors__in=authors)) == sorted([FLOOD, BLOOD])
    assert titles(Book.objects.filter(authors__in=Author.objects.filter(name="江二"))) == [FLOOD]
    assert titles(Book.objects.exclude(authors=second)) == sorted([WINTER, BLOOD])
    assert titles(Book.objects.exclude(authors__in=authors)) == [WINTER]
    assert titles(Book.objects.filter(authors=first).exclude(authors=second)) == [BLOOD]


@pytest.mark.parametrize("unknown", [Q(readers=1), ~Q(readers=1), ~Q(authors__name="林一")])
def test_fields_that_are_not_indexed_are_refused(titles: Any, unknown: Q) -> None:
    with pytest.raises(FilterFieldError):
        titles(Book.objects.filter(unknown))


def test_facets(backend: Any, authors: list[Author]) -> None:
    found = backend.search("纪事", Book)
    press = Publisher.objects.get().pk
    assert dict(found.facet("authors")) == {authors[0].pk: 2, authors[1].pk: 1, None: 1}
    assert dict(found.facet("publisher_id")) == {press: 1, None: 2}
    everything = Book.objects.all()
    both = found.facets({"tag": ("tags", everything), "title": ("title", everything)})
    assert next(iter(both["tag"].values())) == 2
    assert set(both["title"].values()) == {1}


def test_texts_of_related_objects_are_found(titles: Any) -> None:
    assert titles(Book, "松江书社") == [FLOOD]
    assert titles(Book, "林一") == sorted([FLOOD, BLOOD])


def test_an_inherited_model_is_found_as_itself_and_as_its_parent(backend: Any) -> None:
    for query in ("冬天", "长春"):
        (novel,) = backend.search(query, Novel)
        (book,) = backend.search(query, Book)
        assert (novel.setting, book.pk) == ("长春", novel.pk)
    assert backend.search("抗洪", Novel).count() == 0
    winter = Novel.objects.filter(setting="长春", published__year=2026)
    assert backend.search("纪事", winter).count() == 1


def test_keys_may_be_no_numbers(backend: Any) -> None:
    one, other = (Leaflet.objects.create(title=f"献血须知{number}") for number in "一二")
    backend.add_bulk(Leaflet, [one, other])
    assert set(backend.search("献血", Leaflet)) == {one, other}
    assert list(backend.search("献血", Leaflet.objects.filter(code=one.code))) == [one]
    backend.delete(one)
    assert list(backend.search("献血", Leaflet)) == [other]
