"""Suggestions in a real browser: by keyboard, by mouse, and never in the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from search import suggestions
from tests.factories import make_line, make_piece

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LIST = ".search-page [role=listbox]"
OPTIONS = f"{LIST} [role=option]"


@pytest.fixture
def typing(page: Page, live_server: LiveServer) -> Page:
    """The search page, with two titles that begin with 雪夜."""
    line = make_line()
    make_piece(line.county, title="雪夜里的<b>救护车</b>")
    make_piece(line.county, title="雪夜")
    suggestions.rebuild()
    page.goto(f"{live_server.url}/search/")
    page.locator("#search-query").press_sequentially("xueye", delay=20)
    page.wait_for_selector(OPTIONS)
    return page


def state(page: Page) -> tuple[str | None, str | None]:
    box = page.locator("#search-query")
    return box.get_attribute("aria-expanded"), box.get_attribute("aria-activedescendant")


def test_titles_are_shown_as_text(typing: Page) -> None:
    assert typing.locator(OPTIONS).all_inner_texts() == ["雪夜", "雪夜里的<b>救护车</b>"]
    assert state(typing) == ("true", "")


def test_arrows_choose_and_enter_goes_there(typing: Page) -> None:
    typing.keyboard.press("ArrowDown")
    typing.keyboard.press("ArrowDown")
    chosen = typing.locator(f"{OPTIONS}[aria-selected=true]")
    assert chosen.inner_text() == "雪夜里的<b>救护车</b>"
    assert state(typing)[1] == chosen.get_attribute("id")
    typing.keyboard.press("ArrowDown")
    assert state(typing)[1] == ""
    typing.keyboard.press("ArrowUp")
    with typing.expect_navigation(url=re.compile("/changchun/nongan/stories/")):
        typing.keyboard.press("Enter")


def test_enter_without_a_choice_searches_what_was_typed(typing: Page) -> None:
    with typing.expect_navigation(url=re.compile(r"/search/\?q=xueye")):
        typing.keyboard.press("Enter")


def test_escape_and_leaving_close_the_list(typing: Page) -> None:
    typing.keyboard.press("Escape")
    assert state(typing) == ("false", "")
    assert typing.locator("#search-query").input_value() == "xueye"
    typing.keyboard.press("Backspace")
    typing.wait_for_selector(OPTIONS)
    typing.keyboard.press("Tab")
    assert not typing.is_visible(LIST)


def test_a_click_goes_there(typing: Page) -> None:
    with typing.expect_navigation(url=re.compile("/changchun/nongan/stories/")):
        typing.locator(OPTIONS).first.click()


def test_an_unfinished_word_of_an_input_method_is_not_asked_for(
    page: Page, live_server: LiveServer
) -> None:
    asked: list[str] = []
    make_line()
    page.goto(f"{live_server.url}/search/")
    page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    page.locator("#search-query").evaluate(
        """(box) => {
            box.value = "xue ye";
            box.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }"""
    )
    page.wait_for_timeout(400)
    address = f"{live_server.url}/search/suggest/"
    assert address not in asked
    page.locator("#search-query").evaluate(
        """(box) => {
            box.value = "雪夜";
            box.dispatchEvent(new CompositionEvent("compositionend"));
        }"""
    )
    page.wait_for_timeout(400)
    assert asked.count(address) == 1


def test_the_policy_of_the_site_lets_it_run(page: Page, live_server: LiveServer) -> None:
    refused: list[str] = []
    make_line()
    page.on("console", lambda message: refused.append(message.text))
    answer: Response | None = page.goto(f"{live_server.url}/search/")
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    page.locator("#search-query").press_sequentially("nong")
    page.wait_for_timeout(400)
    assert refused == []


def test_it_weighs_less_than_three_kilobytes() -> None:
    script = Path(settings.ROOT_DIR) / "search/static/search/suggest.js"
    assert 0 < script.stat().st_size < 3 * 1024
