"""What the admin answers, where Wagtail's answer helps nobody: to scripts, and to spreadsheets."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse

#: What a script gets in the place of a page on which nobody sees the form to sign in.
ENDED = {"success": False, "error": "signed_out"}


def fit(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """`response` of the admin as who asked can use it."""
    if is_background(request) and is_refusal_of_strangers(request, response):
        return JsonResponse(ENDED, status=401, headers={"WWW-Authenticate": "Session"})
    if response.get("Content-Type", "").startswith("text/csv"):
        mark(response)
    return response


def is_background(request: HttpRequest) -> bool:
    """Whether a script asks, and not somebody who would see a page."""
    return (
        request.headers.get("X-Requested-With") == "XMLHttpRequest"
        or request.headers.get("Sec-Fetch-Dest") == "empty"
        or request.headers.get("Accept", "").startswith("application/json")
    )


def is_refusal_of_strangers(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether nobody is signed in, and that is why: 403, or on to where one signs in."""
    sign_in = reverse("wagtailadmin_login")
    if response.status_code != 403 and not response.get("Location", "").startswith(sign_in):
        return False  # without asking who it is, which waits where the database is away
    return not request.user.is_authenticated


def mark(response: HttpResponseBase) -> None:
    """Begin a CSV with a byte order mark: without it, spreadsheet programs here read GBK."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = marked(response.streaming_content)  # type: ignore[arg-type]
    else:
        response.content = b"".join(marked([response.content]))  # type: ignore[attr-defined]


def marked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = iter(chunks)
    first = next(rest, b"")
    yield first if first.startswith(BOM_UTF8) else BOM_UTF8 + first
    yield from rest
