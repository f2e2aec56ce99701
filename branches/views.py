from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.views import serve_chain

from branches.routing import route


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path`, by Wagtail's hooks and `Page.serve`."""
    page, args, kwargs = route(request, path)
    chain = serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        response = hook(page, request, args, kwargs)
        if isinstance(response, HttpResponse):
            return response
    return chain(page, request, args, kwargs)
