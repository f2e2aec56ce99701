from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from branches.routing import route

View = Callable[..., HttpResponseBase]

#: A reader gets what is at most a minute old, or two while a cache asks anew; what is taken
#: offline is gone everywhere after that. If we are down, caches may help out for an hour.
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
        return response

    return csrf_exempt(require_safe(wrapper))


@public
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at `path`, by `Page.serve`.

    Wagtail's hooks around serving are not run: the one it brings asks for view restrictions,
    once per level, and what is restricted was not found.
    """
    page, args, kwargs = route(request, path)
    return page.serve(request, *args, **kwargs)
