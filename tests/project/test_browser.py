"""Public pages in a real browser: nothing is fetched from elsewhere, refused, broken or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import factories

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

PATHS = (
    "/",
    "/branches/",
    "/changchun/nongan/",
    "/changchun/nongan/stories/",
    "/changchun/nongan/services/",
    "/changchun/nongan/about/",
    "/search/?q=急救",
    "/no-such-page/",
)


@pytest.mark.server
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_public_pages_are_whole_and_ask_nobody_else(live_server: LiveServer, page: Page) -> None:
    line = factories.make_line()
    story = factories.make_piece(line.county, lead_image=factories.make_image(line.county))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url} {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url} {error}"))
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for path in (*PATHS, story.get_url()):
        page.goto(live_server.url + path, wait_until="networkidle")
    expected = f"{live_server.url}/no-such-page/ Failed to load resource"
    assert [text for text in complaints if not text.startswith(expected)] == []
    assert [url for url in requests if not url.startswith((live_server.url, "data:"))] == []
    assert page.context.cookies() == []
