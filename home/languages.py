"""The same page in the other languages in which the site is open."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from branches.models import BranchPage
from branches.routing import Addresses
from stories.cards import Link


def language_links(
    request: HttpRequest, addresses: Addresses, home: BranchPage, page: Page | None
) -> list[Link]:
    """A link for each language: to the page's translation, else to the branch's page there.

    The code of the language is in ``note``. A view that is no page has the same address in
    every language; where nothing was found, the links lead to the front. Empty where the site
    is open in one language only.
    """
    if len(addresses.languages) < 2:
        return []
    found = translations(page, home) if page else views_by_language(request, addresses)
    now = request.LANGUAGE_CODE
    return [
        Link(name, found[code], current=code == now, note=code)
        for code, name in settings.LANGUAGES
        if code in found
    ]


def views_by_language(request: HttpRequest, addresses: Addresses) -> dict[str, str]:
    view = request.resolver_match
    is_page_address = view is None or view.url_name == "wagtail_serve"
    rest = "" if is_page_address else request.path.removeprefix(addresses.base)
    return {code: f"{prefix(code)}{rest}" for code in addresses.languages}


def prefix(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def translations(page: Page, home: BranchPage) -> dict[str, str]:
    """Addresses by language. One query."""
    keys = {page.translation_key, home.translation_key}
    live = Page.objects.live().filter(translation_key__in=keys).select_related("locale")
    found = sorted(live, key=lambda p: p.translation_key == page.translation_key)
    return {p.locale.language_code: p.url for p in found}
