"""Links inside texts: to pages and documents, without a query for each block."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from branches.models import BranchDocument
from stories.references import find


def rows_of(model: type[Any], attributes: list[dict[str, str]]) -> list[Any]:
    """The row of `model` that each link (its `attributes`) names; None where it is not there."""
    keys = [int(a["id"]) if a.get("id", "").isdecimal() else 0 for a in attributes]
    found = find(model, keys)
    return [found.get(key) for key in keys]


class LightPageLinkHandler(PageLinkHandler):
    """As Wagtail's, but a page is not read as its own type for its address alone.

    A link to a page that is not public (any more) becomes plain text.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        pages = rows_of(Page, attrs_list)
        return [f'<a href="{escape(page.url)}">' if page else "<a>" for page in pages]


class LightDocumentLinkHandler(DocumentLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        return rows_of(BranchDocument, attrs_list)
