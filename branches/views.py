from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_cache_control, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult

from branches.redirects import redirect_from
from branches.routing import answer, nearest

View = Callable[..., HttpResponseBase]

#: A reader gets what is at most a minute old, or two while a cache asks anew. What is taken
#: offline is gone from caches after that; only while we are down may they show it for an hour.
PUBLIC_CACHE = {
    "public": True,
    "max_age": 60,
    "stale_while_revalidate": 60,
    "stale_if_error": 3600,
}


def public(view: View) -> View:
    """For pages that are the same bytes for every reader: only read, and kept by caches.

    No token is asked of an unsafe method, since all of them are refused (405).
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, **PUBLIC_CACHE)
        tag(response)
        return response

    return csrf_exempt(require_safe(wrapper))


def tag(response: HttpResponseBase) -> None:
    """Give `response` the ETag of its whole text, to HEAD as to GET.

    Django's middleware does so for GET alone. There is no ``Last-Modified``: a page is composed
    of what changes at many places, and only its bytes tell whether it has changed.
    """
    if isinstance(response, SimpleTemplateResponse):
        response.add_post_render_callback(set_response_etag)
    elif isinstance(response, HttpResponse):
        set_response_etag(response)


@public
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at `path`, by `Page.serve`.

    Wagtail's hooks around serving are not run: the one it brings asks for view restrictions,
    once per level, and what is restricted was not found.
    """
    found = page_or_redirect(request, path)
    if isinstance(found, HttpResponseBase):
        return found
    page, args, kwargs = found
    return page.serve(request, *args, **kwargs)


@public
def add_slash(request: HttpRequest, path: str) -> HttpResponseBase:
    """A redirect to the address with a slash at its end, or, in the same hop, to where that leads
    in its turn. (Django's redirect would know the first alone.)"""
    with suppress(Http404):
        found = page_or_redirect(request, path)
        if isinstance(found, HttpResponseBase):
            return found
    return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))


def page_or_redirect(
    request: HttpRequest, path: str
) -> RouteResult | HttpResponsePermanentRedirect:
    """What stands at `path`, or a redirect to where it stands now; else Http404."""
    found, rest = nearest(request, path)
    try:
        return answer(request, found, rest)
    except Http404 as missing:
        return redirect_from(request, found, rest, missing)
