"""The sitemap, for any number of pages: an index, and parts of one query each.

https://www.sitemaps.org/protocol.html allows 50,000 addresses in a file; ours are smaller, so
that a search engine fetches little anew when a page changes. A part holds a range of primary
keys, and so keeps its pages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import reduce
from operator import or_
from xml.sax.saxutils import escape

from django.db.models import F, Max, Q
from django.http import Http404
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from branches.routing import Addresses, absolute, is_restricted

PAGES_PER_PART = 2000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, datetime.datetime | None]


def index() -> str:
    """The addresses of the parts, with the time of the latest publication in each."""
    parts = public_pages().annotate(part=F("pk") / PAGES_PER_PART).order_by("part")
    found = parts.values_list("part").annotate(Max("last_published_at"))
    entries = [(absolute(reverse("sitemap_part", args=[n])), latest) for n, latest in found]
    return document("sitemapindex", "sitemap", entries)


def part(number: int) -> str:
    """The addresses of the pages in part `number`. Http404 where it has none."""
    first = number * PAGES_PER_PART
    pages = public_pages().filter(pk__gte=first, pk__lt=first + PAGES_PER_PART).order_by("pk")
    found = list(pages.values_list("locale__language_code", "url_path", "last_published_at"))
    if not found:
        raise Http404
    makers = {code: Addresses.in_language(code) for code in {row[0] for row in found}}
    entries = [(makers[code].absolute(makers[code].of(path)), at) for code, path, at in found]
    return document("urlset", "url", entries)


def public_pages() -> PageQuerySet:
    """What everybody may read, in every language of the site."""
    roots = [Q(url_path__startswith=root.root_path) for root in Site.get_site_root_paths()]
    if not roots:
        raise Http404
    return Page.objects.live().filter(reduce(or_, roots)).exclude(is_restricted())


def document(element: str, child: str, entries: Iterable[Entry]) -> str:
    rows = "".join(f"<{child}>{row(*entry)}</{child}>\n" for entry in entries)
    return f'{HEAD}<{element} xmlns="{NAMESPACE}">\n{rows}</{element}>\n'


def row(address: str, changed: datetime.datetime | None) -> str:
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<loc>{escape(iri_to_uri(address))}</loc>{lastmod}"
