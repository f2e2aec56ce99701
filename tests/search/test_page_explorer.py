"""The searches of Wagtail's own admin: explorer and choosers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from wagtail.admin.views.pages.search import page_filter_search
from wagtail.models import Page


@pytest.fixture
def pages(backend: Any, root_pages: Any) -> None:
    root_pages("应急救护培训", 3)
    Page.objects.filter(title="应急救护培训1").update(live=False)


def found(query: str, ordering: str | None = None) -> list[str]:
    pages = Page.objects.order_by(ordering) if ordering else Page.objects.all()
    results, _all = page_filter_search(query, pages, Page.objects.all(), ordering)
    return [page.title for page in results]


@pytest.mark.usefixtures("pages")
def test_titles_are_found_by_part() -> None:
    assert len(found("救护")) == len(found("应急救")) == len(found("緊急 應急")) + 3 == 3


@pytest.mark.usefixtures("pages")
def test_results_can_be_ordered() -> None:
    assert found("救护", "title") == ["应急救护培训0", "应急救护培训1", "应急救护培训2"]
    assert found("救护", "-title") == ["应急救护培训2", "应急救护培训1", "应急救护培训0"]


@pytest.mark.usefixtures("pages")
def test_filters_and_phrases_of_the_search_box() -> None:
    assert found("救护 live:no") == ["应急救护培训1"]
    assert len(found('"急救护培"')) == 3
    assert found('"护救"') == []
    assert len(found("live:yes", "title")) >= 2


@pytest.mark.usefixtures("pages")
def test_types_are_counted_and_pages_are_cut(root_pages: Any) -> None:
    results, everything = page_filter_search("救护", Page.objects.all(), Page.objects.all())
    page_type = ContentType.objects.get_for_model(Page).pk
    assert dict(everything.facet("content_type_id")) == {page_type: 3}
    assert len(Paginator(results, 2).page(2).object_list) == 1


@pytest.mark.usefixtures("pages")
def test_descendants_are_searched_as_specific_pages() -> None:
    root = Page.objects.get(depth=1)
    results = Page.objects.descendant_of(root).specific().autocomplete("救护")
    assert {type(page) for page in results} == {Page}
