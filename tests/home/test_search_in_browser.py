"""In a real browser: what is opened from the results is counted, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.factories import make_line, make_piece

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def results(page: Page, live_server: LiveServer) -> Page:
    """A search narrowed and sorted by date."""
    line = make_line()
    for title in ("雪夜", "雪夜里的救护车"):
        make_piece(line.county, title=title)
    page.goto(f"{live_server.url}/search/?q=雪夜&year=2026&sort=newest")
    return page


@pytest.mark.parametrize("button", ["left", "middle"])
def test_opening_a_result_is_counted(results: Page, button: str) -> None:
    with results.expect_request("**/search/clicked/") as sent:
        results.locator(".result-title a").first.click(button=button)  # type: ignore[arg-type]  # a literal
    assert sent.value.post_data == f"q={quote('雪夜')}"


def test_other_clicks_are_not_counted(results: Page) -> None:
    requests: list[str] = []
    results.on("request", lambda request: requests.append(request.url))
    results.locator(".result-title a").first.click(button="right")
    results.keyboard.press("Escape")
    with results.expect_navigation():
        results.locator("a.order").click()
    assert not [url for url in requests if url.endswith("/clicked/")]
