"""A piece moves to another branch: it keeps its number where it can, and its address redirects."""

from __future__ import annotations

from wagtail.coreutils import find_available_slug
from wagtail.models import Page


def make_room(page: Page, destination: Page) -> None:
    """Give `page` the next free number where another piece below `destination` has its own.

    Nobody can change an address in the admin, so a piece whose number is taken could never be
    moved. Call it in one transaction with the move: redirects are made when that ends.
    """
    if not Page._slug_is_available(page.slug, destination, page=page):
        page.slug = find_available_slug(destination, page.slug)
        page.save()
