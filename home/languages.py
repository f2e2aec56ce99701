"""The same page in the other languages in which the site is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from branches.models import BranchPage
from branches.routing import Addresses
from search.languages import main_language
from stories.cards import Link


@dataclass(frozen=True)
class Languages:
    """Links for a page; the code of the language is in ``note``.

    :param links: one for each language: to the page's translation, else to the branch's page
        there. A view that is no page has the same address in every language; where nothing was
        found, the links lead to the front.
    :param alternates: those of them that lead to the page's translations, and to itself;
        empty where there is no translation.
    """

    links: list[Link]
    alternates: list[Link]


def read_languages(
    request: HttpRequest, addresses: Addresses, home: BranchPage, page: Page | None
) -> Languages:
    """The languages of what `request` shows. None where the site is open in one language only."""
    if len(addresses.languages) < 2:
        return Languages([], [])
    if page is None:
        found = own = views_by_language(request, addresses)
    else:
        pages = translations(page, home)
        own = by_language(p for p in pages if p.translation_key == page.translation_key)
        found = {**by_language(pages), **own}
    links = [
        Link(name, found[code], current=code == request.LANGUAGE_CODE, note=code)
        for code, name in settings.LANGUAGES
        if code in found
    ]
    alternates = [link for link in links if link.note in own]
    return Languages(links, alternates if len(alternates) > 1 else [])


def views_by_language(request: HttpRequest, addresses: Addresses) -> dict[str, str]:
    view = request.resolver_match
    is_page_address = view is None or view.url_name == "wagtail_serve"
    rest = "" if is_page_address else request.path.removeprefix(addresses.base)
    return {code: f"{prefix(code)}{rest}" for code in addresses.languages}


def prefix(code: str) -> str:
    return "/" if code == main_language() else f"/{code}/"


def translations(page: Page, home: BranchPage) -> list[Page]:
    """The live pages that are `page` or `home` in any language. One query."""
    keys = {page.translation_key, home.translation_key}
    live = Page.objects.live().filter(translation_key__in=keys)
    return list(live.select_related("locale"))


def by_language(pages: Iterable[Page]) -> dict[str, str]:
    """The addresses of `pages` by the codes of their languages."""
    return {page.locale.language_code: page.url for page in pages}
