"""Says when what is shown changed last, so that readers and caches need not fetch it again."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.http import http_date

from stories.models.content import ContentPage


def say_when_modified(response: HttpResponseBase, *pieces: ContentPage) -> None:
    """Set ``Last-Modified`` to the latest publication among `pieces`, if there is one."""
    published = [piece.last_published_at for piece in pieces if piece.last_published_at]
    if published:
        response["Last-Modified"] = http_date(max(published).timestamp())
