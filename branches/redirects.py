"""Redirects: where a page was once, readers are led to where it is now, in one hop.

No row for each old address: the slug history says what every name below a page led to, so an
address is followed name by name, whichever page on the way has moved or was renamed since. What
a page serves below itself (feeds, offered pieces) is asked of the page that is found.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from wagtail.models import Page

from branches.models import SlugRecord
from branches.routing import Addresses, answer, is_restricted


class Moved(Http404):
    """What was asked of a page stands at `url_path` now."""

    def __init__(self, url_path: str) -> None:
        super().__init__(url_path)
        self.url_path = url_path


def redirect_from(
    request: HttpRequest, page: Page, rest: list[str], missing: Http404
) -> HttpResponsePermanentRedirect:
    """To where what was once at `rest` below `page` is now; `missing` is raised if there is none.

    The query goes along: it filters a list. A draft that readers never saw leaves no trace.
    """
    url_path = missing.url_path if isinstance(missing, Moved) else new_place(request, page, rest)
    if url_path is None:
        raise missing
    address = Addresses.of_request(request).of(url_path)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def new_place(request: HttpRequest, page: Page, rest: list[str]) -> str | None:
    """The `url_path` of what once was at `rest` below `page`; None if nothing answers there."""
    found, left = follow(page, rest)
    if found is None:
        return None
    try:
        answer(request, found, left)
    except Moved as moved:
        return moved.url_path
    except Http404:
        return None
    return found.url_path + "".join(f"{part}/" for part in left)


def follow(page: Page, rest: list[str]) -> tuple[Page | None, list[str]]:
    """The page to which the names `rest` once led from `page`, as far as they are names, and what
    is left of them; no page where they led nowhere, or to what is not public now. Two queries.
    """
    entries = SlugRecord.objects.public().filter(slug__in=rest)
    named = entries.values_list("parent_id", "slug", "page_id")
    led_to = {(parent, slug): child for parent, slug, child in named}
    here, left = page.pk, rest
    while left and (here, left[0]) in led_to:
        here, left = led_to[here, left[0]], left[1:]
    if here == page.pk:
        return None, rest
    public = Page.objects.live().exclude(is_restricted()).select_related("content_type")
    return public.filter(pk=here).first(), left
