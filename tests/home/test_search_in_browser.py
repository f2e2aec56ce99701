"""The search page in a browser: clicks are counted, results are near, filters can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.factories import make_image, make_line, make_piece

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def results(page: Page, live_server: LiveServer) -> Page:
    """A search narrowed and sorted by date, on a phone."""
    line = make_line()
    for title in ("雪夜", "雪夜里的救护车"):
        make_piece(line.county, title=title, lead_image=make_image(line.county))
    page.goto(f"{live_server.url}/search/?q=雪夜&year=2026&sort=newest")
    return page


def in_elder_mode(page: Page) -> None:
    page.evaluate("localStorage.setItem('reading-mode', 'elder')")
    page.reload()


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


def test_a_result_is_seen_at_once_and_its_picture_opens_it(results: Page) -> None:
    first = results.locator(".result").first.bounding_box()
    assert first and first["y"] < 500
    with results.expect_navigation():
        results.locator(".result-picture").first.click(force=True)  # the link lies over it
    assert "/stories/" in results.url


def test_a_filter_can_be_undone_where_it_was_chosen(results: Page) -> None:
    results.locator("summary.chip-on").click()
    with results.expect_navigation():
        results.locator("details[open] a").first.click()
    assert "year=" not in results.url
    assert not results.locator(".chip-on").count()


def test_a_chosen_filter_is_legible_under_the_mouse(results: Page) -> None:
    chip = results.locator("summary.chip-on")
    colour = "chip => getComputedStyle(chip).color"
    before = chip.evaluate(colour)
    chip.hover()
    assert chip.evaluate(colour) == before


def test_in_elder_mode_what_is_chosen_is_shown_and_can_be_undone(results: Page) -> None:
    chosen = results.locator(".chosen a")
    assert not chosen.is_visible()
    in_elder_mode(results)
    assert chosen.inner_text().split() == ["2026年", "×"]
    assert not results.locator(".filters").is_visible()
    with results.expect_navigation():
        chosen.click()
    assert "year=" not in results.url
