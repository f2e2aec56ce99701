"""Finds the page of an address in one query, however deep it stands, and the way back.

Stock routing asks once per level. The deepest page whose address begins the path is found at
once; what is left of the path is the page's own to answer (`Page.route`), so feeds and offered
pieces work as in any Wagtail page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from branches.expressions import IsRestricted
from search.languages import to_activate

if TYPE_CHECKING:
    from wagtail.models.sites import SiteRootPath


def nearest(request: HttpRequest, path: str) -> tuple[Page, list[str]]:
    """The deepest page whose address begins `path` (without language prefix), and what is left.

    Http404 where it is restricted: what not everybody may read is not on the public site.
    """
    parts = [part for part in path.split("/") if part]
    root_path = Addresses.of_request(request).root_path
    found = deepest_page(url_paths(root_path, parts))
    return found, parts[found.url_path.count("/") - root_path.count("/") :]


def answer(request: HttpRequest, found: Page, rest: list[str]) -> RouteResult:
    """The page that answers for `rest` below `found`, and arguments for its `serve`.

    Http404 where there is none, or it is not live.
    """
    if rest and found.content_type.model_class().route is Page.route:
        raise Http404  # stock routing would look for a child, which would have been found
    page = specific(found)
    vars(request)["_nearest_page"] = page  # for what is shown if it says 404
    result: RouteResult = page.route(request, rest)
    vars(request)["_wagtail_route_for_request"] = result  # Wagtail's name
    return result


def deepest_page(candidates: list[str]) -> Page:
    """The lowest page of those at the `url_path`s `candidates`; Http404 if none, or restricted."""
    found = (
        pages_at(candidates)
        .annotate(is_restricted=is_restricted())
        .select_related("content_type")
        .order_by("-depth")
        .first()
    )
    if found is None or found.is_restricted:
        raise Http404
    return found


def pages_at(url_paths: list[str]) -> PageQuerySet:
    """The pages at any of `url_paths`, found by their slugs, for which there is an index."""
    slugs = {path.rstrip("/").rpartition("/")[2] for path in url_paths}
    return Page.objects.filter(slug__in=slugs, url_path__in=url_paths)


def is_restricted() -> IsRestricted:
    """Whether a page, or one above it, has a view restriction; for querysets of pages."""
    return IsRestricted()


def restricted_paths() -> list[str]:
    """Where in the tree the pages with a view restriction stand, for what is searched: an index
    elsewhere can tell pages by their `path`, but asks no other table. One query."""
    found = PageViewRestriction.objects.values_list("page__path", flat=True)
    return sorted(set(found))


def specific(page: Page) -> Page:
    """`page` as its own type with what it names in ``route_related``, in one query."""
    model = page.content_type.model_class()
    related = getattr(model, "route_related", ())
    return model._default_manager.select_related("locale", *related).get(pk=page.pk)


def url_paths(root: str, parts: list[str]) -> list[str]:
    """Every `url_path` that begins the address: the root's, its child's, and so on."""
    paths = [root]
    for part in parts:
        paths.append(f"{paths[-1]}{part}/")
    return paths


@dataclass(frozen=True)
class Addresses:
    """Makes addresses of pages of one language from their `url_path`s, without a query for each.

    :param root_path: `url_path` of the province's page in the language.
    :param base: the address of that page: ``/``, or ``/ko/``.
    :param languages: the languages in which the site is open.
    """

    root_path: str
    base: str
    languages: tuple[str, ...] = ()

    @classmethod
    def of_request(cls, request: HttpRequest) -> Addresses:
        """Those for the language of `request`, kept on it. Http404 where the site is not open."""
        kept = vars(request)
        if "_addresses" not in kept:
            kept["_addresses"] = cls.in_language(request.LANGUAGE_CODE)
        return kept["_addresses"]

    @classmethod
    def in_language(cls, language: str) -> Addresses:
        """Those for the code `language`. Http404 where the site is not open in it."""
        roots: dict[str, SiteRootPath] = {}
        for root in Site.get_site_root_paths():
            roots.setdefault(root.language_code, root)
        if language not in roots:
            raise Http404
        root = roots[language]
        with translation.override(to_activate(language)):
            base = reverse("wagtail_serve", args=("",))
        return cls(root.root_path, base, tuple(roots))

    def of(self, url_path: str) -> str:
        """The address of the page with `url_path`, beginning at the slash after the host."""
        return self.base + url_path[len(self.root_path) :]

    def absolute(self, address: str) -> str:
        return absolute(address)


def absolute(address: str) -> str:
    """`address`, which begins at the slash after the host, with scheme and host of the site.

    Those of ``SITE_URL``: Wagtail's own row for the site keeps what the setting was when the
    site was set up, and a scheme only as far as the port tells.
    """
    return f"{settings.SITE_URL}{address}"
