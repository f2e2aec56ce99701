"""Finds the page of an address in one query, however deep it stands.

Stock routing asks once per level. The deepest page whose address begins the path is found at
once; what is left of the path is the page's own to answer (`Page.route`), so feeds and offered
pieces work as in any Wagtail page.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult


def route(request: HttpRequest, path: str) -> RouteResult:
    """The page for `path` (without language prefix), and arguments for its `serve`.

    Http404 where there is none, or it is not live.
    """
    parts = [part for part in path.split("/") if part]
    root_path = root_url_path(request)
    candidates = url_paths(root_path, parts)
    found = Page.objects.filter(url_path__in=candidates).order_by("-depth").first()
    if found is None:
        raise Http404
    rest = parts[found.url_path.count("/") - root_path.count("/") :]
    result: RouteResult = found.specific.route(request, rest)
    request._wagtail_route_for_request = result  # type: ignore[attr-defined]  # Wagtail's name
    return result


def root_url_path(request: HttpRequest) -> str:
    """`url_path` of the province's page in the language of the request. Cached by Wagtail."""
    for root in Site.get_site_root_paths():
        if root.language_code == request.LANGUAGE_CODE:  # type: ignore[attr-defined]
            return root.root_path
    raise Http404


def url_paths(root: str, parts: list[str]) -> list[str]:
    """Every `url_path` that begins the address: the root's, its child's, and so on."""
    paths = [root]
    for part in parts:
        paths.append(f"{paths[-1]}{part}/")
    return paths
