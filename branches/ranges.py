"""A part of a file, as players of videos ask for it; phones of Apple play nothing without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
CHUNK = 64 * 1024


def requested_range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte that `request` asks for, of a file of `size`; None for the whole file.

    ValueError where the file has no such bytes. Several ranges at once are answered with the
    whole file, as RFC 9110, section 14.2, allows.
    """
    match = ONE_RANGE.match(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", etag) != etag or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    start, end = int(first), min(int(last or size), size - 1)
    if start > end:
        raise ValueError
    return start, end


def partial_response(
    handle: IO[bytes], span: tuple[int, int], size: int, content_type: str
) -> HttpResponseBase:
    start, end = span
    handle.seek(start)
    body = chunks(handle, end - start + 1)
    response = StreamingHttpResponse(body, status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def no_such_bytes(size: int) -> HttpResponse:
    response = HttpResponse(status=416)
    response["Content-Range"] = f"bytes */{size}"
    return response


def chunks(handle: IO[bytes], left: int) -> Iterator[bytes]:
    with handle:
        while left > 0 and (chunk := handle.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
