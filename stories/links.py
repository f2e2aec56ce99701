"""Links inside texts: to pages and documents, without a query for each block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from branches.models import BranchDocument
from stories.references import find, key_of


def rows_of(model: type[Any], attributes: list[dict[str, str]]) -> list[Any]:
    """The row of `model` that each link (its `attributes`) names; None where it is not there."""
    keys = [key_of(a.get("id")) for a in attributes]
    found = find(model, filter(None, keys))
    return [found.get(key) if key else None for key in keys]


class ReferringByKey:
    """A link that names nothing refers to nothing, where Wagtail's handlers fail."""

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[Any, ...]]:
        if key_of(attrs.get("id")):
            yield from super().extract_references(attrs)  # type: ignore[misc]  # a mixin


class LightPageLinkHandler(ReferringByKey, PageLinkHandler):
    """As Wagtail's, but a page is not read as its own type for its address alone.

    A link to a page that is not public (any more) becomes plain text.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        pages = rows_of(Page, attrs_list)
        return [f'<a href="{escape(page.url)}">' if page else "<a>" for page in pages]


class LightDocumentLinkHandler(ReferringByKey, DocumentLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        return rows_of(BranchDocument, attrs_list)
