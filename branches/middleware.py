from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils import translation
from django.views.defaults import page_not_found

from branches import admin_answers, admin_scope

ADMIN_PATH = reverse_lazy("wagtailadmin_home")


class AddressLanguageMiddleware:
    """The language comes from the address alone: ``/ko/…`` is Korean, all else the default.

    So every reader of an address gets the same bytes, and caches need no ``Vary:
    Accept-Language``. (In the admin, Wagtail activates what the user has chosen.)
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language  # as LocaleMiddleware does
        if "\0" in request.path_info:
            raise Http404  # no address has it, and PostgreSQL refuses to look for it
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(path: str) -> str:
    """The language whose code is the first part of `path`, else the default one."""
    first = path.lstrip("/").split("/", 1)[0]
    codes = {code for code, _name in settings.LANGUAGES}
    return first if first in codes else settings.LANGUAGE_CODE


class AdminScopeMiddleware:
    """Asks :mod:`branches.admin_scope` before any view of the admin runs, and fits its answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        in_admin = request.path_info.startswith(str(ADMIN_PATH))
        return admin_answers.fit(request, response) if in_admin else response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not request.path_info.startswith(str(ADMIN_PATH)):
            return None
        if request.user.is_authenticated:
            try:
                admin_scope.check(request, match.view_name, kwargs)
            except Http404 as missing:
                return page_not_found(request, missing, template_name="wagtailadmin/404.html")
        return None
