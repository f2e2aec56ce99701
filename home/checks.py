"""System checks: what the portal needs of a project's settings and addresses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.urls import NoReverseMatch, get_resolver, reverse

FRAME = "home.context_processors.frame"
#: What every page links to, or is told by: name of the address, and who brings it.
ADDRESSES = {
    "branches": "home.urls",
    "feed": "home.urls",
    "sitemap": "home.machine_urls",
    "search:search": "search.urls",
    "search_api:index": "search.api_urls",
}


@checks.register(checks.Tags.templates)
def check_frame(**kwargs: Any) -> list[checks.CheckMessage]:
    """Without its frame a page has neither head nor ways."""
    engines: list[dict[str, Any]] = settings.TEMPLATES
    if any(FRAME in each.get("OPTIONS", {}).get("context_processors", ()) for each in engines):
        return []
    hint = f"Put {FRAME!r} into the context_processors of TEMPLATES."
    return [checks.Error("Pages are shown without their frame.", hint=hint, id="home.E001")]


@checks.register(checks.Tags.urls)
def check_addresses(**kwargs: Any) -> list[checks.CheckMessage]:
    """Each of `ADDRESSES`."""
    return [
        checks.Error(
            f"There is no address called {name!r}, to which pages link.",
            hint=f'Put include("{module}") into the urlpatterns.',
            id="home.E002",
        )
        for name, module in ADDRESSES.items()
        if not has_address(name)
    ]


def has_address(name: str) -> bool:
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


@checks.register(checks.Tags.urls)
def check_error_pages(**kwargs: Any) -> list[checks.CheckMessage]:
    """Who is lost, or meets a database that is away, is helped by our views."""
    return [
        checks.Warning(
            f"handler{status} is not {view}.",
            hint=f'Set handler{status} = "{view}" beside the urlpatterns.',
            id="home.W001",
        )
        for status, view in ((404, "home.views.page_not_found"), (500, "home.views.server_error"))
        if path_of(get_resolver().resolve_error_handler(status)) != view
    ]


def path_of(view: Any) -> str:
    return f"{view.__module__}.{view.__qualname__}"
