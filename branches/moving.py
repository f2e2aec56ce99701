"""A piece moves to another branch: it keeps its number where it can, and its address redirects."""

from __future__ import annotations

from wagtail.models import Page

from branches.slug_history import free_slug, slug_at


def make_room(page: Page, destination: Page) -> None:
    """Give `page` its name below `destination`: the one that it had there before, else its own,
    else the next number where that was ever another's.

    Nobody can change an address in the admin, so a piece whose number is taken could never be
    moved. Call it in one transaction with the move, which makes an address of the name.
    """
    if page.is_child_of(destination):
        return
    Page.objects.select_for_update().get(pk=destination.pk)
    page.slug = free_slug(destination, slug_at(destination, page), page, first=1)
    Page.objects.filter(pk=page.pk).update(slug=page.slug)
