from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils import translation
from django.views.defaults import page_not_found

from branches import admin_answers, admin_scope
from search.languages import content_languages, main_language, to_activate
from search.sanitizing import is_blank, one_line, sanitize

ADMIN_PATH = reverse_lazy("wagtailadmin_home")


def is_in_admin(request: HttpRequest) -> bool:
    """Whether the address is the CMS's, also where the site is mounted below a prefix."""
    return request.path.startswith(str(ADMIN_PATH))


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
        with translation.override(to_activate(language)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(path: str) -> str:
    """The language whose code is the first part of `path`, else the default one."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in content_languages() else main_language()


class AdminScopeMiddleware:
    """Asks :mod:`branches.admin_scope` before any view of the admin runs, and fits its answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return admin_answers.fit(request, response) if is_in_admin(request) else response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or not is_in_admin(request):
            return None
        if request.user.is_authenticated:
            try:
                admin_scope.check(request, match.view_name, kwargs)
            except Http404 as missing:
                return page_not_found(request, missing, template_name="wagtailadmin/404.html")
        return None


class SanitizedFormMiddleware:
    """Text sanitization of forms, so that a required text of nothing visible counts as left out.

    Every form of the CMS gets it, also those that are not ours. It stands after the check of the
    CSRF token, which reads the form anyway; what is sent to public addresses is not even read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if request.method != "POST" or not is_in_admin(request):
            return
        posted = request.POST.copy()
        for name, values in posted.lists():
            if "password" not in name:
                posted.setlist(name, [sanitized(value) for value in values])
        posted._mutable = False
        request.POST = posted  # type: ignore[assignment]  # as immutable as it was
        for files in request.FILES.lists():
            for file in files[1]:
                file.name = sanitized_name(file)


def sanitized(value: str) -> str:
    """`value` without what nobody sees. JSON stays as it is: the editor of texts counts the
    characters in it, and the model sanitizes what it says."""
    if value.startswith("{"):
        return value
    return "" if is_blank(value) else sanitize(value)


def sanitized_name(file: UploadedFile[bytes]) -> str:
    name = PurePath(file.name or "")
    return f"{one_line(name.stem) or 'file'}{one_line(name.suffix)}"
