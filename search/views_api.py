"""Search for programs: `/api/search/`, and `/api/` that says what there is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from search import api, rates, syntax
from search.database_outage import RETRY_AFTER
from search.languages import content_language, content_languages, main_language, to_activate

PER_MINUTE = 60
View = Callable[[HttpRequest], JsonResponse]


def for_programs(view: View) -> View:
    """Anybody may read the answer, also a page of another site; nothing else may be done. What is
    said is said in the language of `?language=`, or the default one if that is unknown."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> JsonResponse:
        with translation.override(to_activate(language_of(request) or main_language())):
            if request.method in ("GET", "HEAD"):
                response = view(request)
            else:
                response = error(405, "method-not-allowed", _("只能读取（GET）。"))
                response["Allow"] = "GET, HEAD"
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(wrapper)


@for_programs
def index(request: HttpRequest) -> JsonResponse:
    address = site_of(request) + reverse("search_api:search")[1:]
    return cached(ok({"search": api.description(address)}), seconds=3600)


@for_programs
def search(request: HttpRequest) -> JsonResponse:
    """The answer of the search page as JSON, in the language of `?language=`."""
    most = getattr(settings, "SEARCH_API_RATE", PER_MINUTE)
    if wait := rates.seconds_to_wait(request.META.get("REMOTE_ADDR", ""), most):
        return too_many(wait, most)
    language = language_of(request)
    if language is None:
        codes = ", ".join(content_languages())
        message = _("没有这种语言。可以用：%(languages)s") % {"languages": codes}
        return error(400, "unknown-language", message)
    if not syntax.clean(request.GET.get("q", "")):
        return error(400, "missing-query", _("请在 q 里写上要找的词。"))
    return cached(ok(api.answer(request.GET, language, site_of(request))), seconds=60)


@for_programs
def unavailable(request: HttpRequest) -> JsonResponse:
    """What is said in place of any answer, while the database is away or busy."""
    return later(error(503, "unavailable", _("网站暂时打不开，请稍后再试。")), RETRY_AFTER)


def language_of(request: HttpRequest) -> str | None:
    """The language that is asked for; None if there is no such language."""
    return content_language(request.GET.get("language", settings.LANGUAGE_CODE))


def ok(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Language"] = translation.get_language()
    return response


def error(status: int, code: str, message: str) -> JsonResponse:
    """`code` is for programs, `message` for people."""
    response = ok({"error": {"status": status, "code": code, "message": message}}, status)
    response["Cache-Control"] = "no-store"
    return response


def too_many(wait: int, most: int) -> JsonResponse:
    message = _("问得太快了，每分钟最多 %(most)s 次，请过 %(seconds)s 秒再试。")
    response = error(429, "too-many-requests", message % {"most": most, "seconds": wait})
    return later(response, wait)


def later(response: JsonResponse, wait: int) -> JsonResponse:
    """`response` with how many seconds to wait, also for the pages of other sites."""
    response["Retry-After"] = str(wait)
    response["Access-Control-Expose-Headers"] = "Retry-After"
    return response


def cached(response: JsonResponse, seconds: int) -> JsonResponse:
    patch_cache_control(response, public=True, max_age=seconds)
    return response


def site_of(request: HttpRequest) -> str:
    """The address of the site: that of the settings, or where it was asked for."""
    site: str = getattr(settings, "SITE_URL", "") or request.build_absolute_uri("/")
    return site.rstrip("/") + "/"
