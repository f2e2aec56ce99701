from __future__ import annotations

import sys
from http.client import INSUFFICIENT_STORAGE

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from branches.disk_full import is_disk_full
from branches.routing import Addresses, absolute
from branches.views import public
from home import sitemap
from home.finder import find_branches, read_finder
from home.frame import frame_of
from home.lost import suggestions_for, words_of
from search import views_api
from search.database_outage import RETRY_AFTER, is_database_away
from stories.feeds import feed_response
from stories.views import published

QUERY_LENGTH = 50
NOT_FOR_ROBOTS = ("/admin/", "/search/", "/*/search/", "/*?*&")


@public
def branches(request: HttpRequest) -> HttpResponseBase:
    """All branches by prefecture; with ``?q=`` those that are called so."""
    query = printable(request.GET.get("q", ""))[:QUERY_LENGTH]
    addresses = Addresses.of_request(request)
    context = {
        "finder": read_finder(request),
        "query": query,
        "found": find_branches(request, query),
        "canonical": addresses.absolute(request.path),
    }
    return TemplateResponse(request, "home/branches.html", context)


def printable(text: str) -> str:
    """`text` without what nobody can have typed, some of which a database would refuse."""
    return "".join(character for character in text if character.isprintable()).strip()


@public
def feed(request: HttpRequest) -> HttpResponseBase:
    """The newest pieces of all branches as RSS."""
    Addresses.of_request(request)
    return feed_response(request, published(request), title=site_title(request))


def site_title(request: HttpRequest) -> str:
    frame = frame_of(request)
    return frame.branch.local_name if frame else ""


@public
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse(sitemap.index(), content_type="application/xml")


@public
def sitemap_part(request: HttpRequest, number: int) -> HttpResponseBase:
    return HttpResponse(sitemap.part(number), content_type="application/xml")


@public
def favicon(request: HttpRequest) -> HttpResponseBase:
    """Where the icon is: many programs ask for this address without having read a page."""
    return HttpResponseRedirect(static("icon.svg"))


@public
def robots(request: HttpRequest) -> HttpResponseBase:
    """What robots need not fetch (lists filtered twice are endless), and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says so, searches for the words in the address, and offers the branch's home."""
    frame = frame_of(request)
    words = words_of(request.path.removeprefix(frame.home.url if frame else ""))
    context = {"words": words, "suggestions": suggestions_for(request, words)}
    response = TemplateResponse(request, "home/404.html", context, status=404).render()
    response["Cache-Control"] = "public, max-age=10"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without database, context and session: any of them may be what is broken."""
    if is_disk_full(sys.exception()):  # first: SQLite says so by an OperationalError too
        return disk_full(request)
    if is_database_away(sys.exception()):
        return unavailable(request)
    return HttpResponseServerError(render_to_string("home/500.html"))


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer, or is busy: come again. Programs are told as they ask."""
    if request.path.startswith(reverse("search_api:index")):
        return views_api.unavailable(request)
    response = HttpResponse(render_to_string("home/503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def disk_full(request: HttpRequest) -> HttpResponse:
    """Says that nothing was kept, and whom to tell; to what runs in a page as JSON."""
    said = _("服务器的磁盘满了，刚才做的没有保存。请告诉管理员腾出空间，再试一次。")
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        answer: HttpResponse = JsonResponse({"success": False, "error_message": said})
    else:
        answer = HttpResponse(render_to_string("home/507.html", {"said": said}))
    answer.status_code = INSUFFICIENT_STORAGE
    answer["Cache-Control"] = "no-store"
    return answer
