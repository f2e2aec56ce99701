"""Every kind of public page in a real browser: for everybody, on a small phone, by keyboard,
without JavaScript, and as somebody has chosen to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.home.shown import LONG_NAME, VIDEO, Shown, make_shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
WAYS: list[tuple[str, dict[str, int], dict[str, str]]] = [
    ("phone", PHONE, {}),
    ("desk in the dark", DESK, {"scheme": "dark"}),
    ("elder mode", PHONE, {"mode": "elder"}),
]
WIDTH_NEEDED = "document.documentElement.scrollWidth"
#: Whether the focused element, or what lies over it for that purpose, has an outline.
SHOWS_FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return true;
  const outlined = (pseudo) => getComputedStyle(element, pseudo).outlineStyle !== "none";
  return [undefined, "::before", "::after"].some(outlined);
}"""

OpenPage = Callable[..., "Page"]


@pytest.fixture
def shown(live_server: LiveServer) -> Shown:
    return make_shown(live_server.url)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages in browsers without history, in which `chosen` (``mode="elder"``) was chosen."""
    opened: list[BrowserContext] = []

    def open_one(
        viewport: dict[str, int], *, scripts: bool = True, scheme: str = "light", **chosen: str
    ) -> Page:
        context = browser.new_context(
            locale="zh-CN",
            viewport=viewport,  # type: ignore[arg-type]  # a plain dict will do
            java_script_enabled=scripts,
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=True,
        )
        for name, value in chosen.items():
            context.add_init_script(f"localStorage.setItem('reading-{name}', '{value}')")
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def test_axe_finds_nothing_and_nothing_is_too_wide(shown: Shown, open_page: OpenPage) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    complaints = []
    for way, viewport, options in WAYS:
        page = open_page(viewport, **options)
        for kind, path in shown.paths.items():
            page.goto(shown.server + path)
            for found in Axe().run(page).response["violations"]:
                html = found["nodes"][0]["html"]
                complaints.append(f"{way}, {kind}: {found['id']} {html[:200]}")
            if page.evaluate(WIDTH_NEEDED) > viewport["width"]:
                complaints.append(f"{way}, {kind}: wider than the window")
    assert complaints == []


def test_everything_is_reached_without_scripts(shown: Shown, open_page: OpenPage) -> None:
    page: Page = open_page(PHONE, scripts=False)
    page.goto(shown.server + "/")
    assert not page.locator(".needs-js:visible").count()
    page.locator(".stem summary", has_text="长春市").click()
    page.locator(".tree").get_by_role("link", name=LONG_NAME).click()
    assert page.url == f"{shown.server}/changchun/nongan/"
    page.goto(f"{shown.server}/branches/")
    page.locator(".finder-form input").fill("yanbian")
    page.get_by_role("button", name="查找").click()
    assert page.locator(".found").get_by_role("link").all_inner_texts() == [
        "延边朝鲜族自治州红十字会"
    ]
    page.goto(shown.server + "/changchun/nongan/stories/")
    page.locator(".filters summary", has_text="主题").click()
    page.get_by_role("link", name="应急救护", exact=True).click()
    assert "topic=first-aid" in page.url
    page.goto(shown.server + shown.story)
    assert page.locator(".video-start").get_attribute("href") == VIDEO


def test_the_finder_narrows_while_one_types(shown: Shown, open_page: OpenPage) -> None:
    page: Page = open_page(PHONE)
    page.goto(shown.server + "/")
    names = page.locator(".tree a:visible")
    for typed in ("蒙古", "qianguo"):
        page.locator(".finder-form input").fill(typed)
        assert names.all_inner_texts() == [LONG_NAME]
    page.locator(".finder-form input").fill("犀牛")
    assert names.count() == 0
    assert page.locator(".finder-none").is_visible()


def test_what_is_chosen_holds_on_the_next_page(shown: Shown, open_page: OpenPage) -> None:
    page: Page = open_page(PHONE)
    page.goto(shown.server + "/")
    page.get_by_text("字号").click()
    page.get_by_role("button", name="长辈版").click()
    page.goto(shown.server + shown.story)
    size = page.locator(".body p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 1.5 * 18
    assert page.context.cookies() == []
    page.get_by_role("button", name="回到标准版").click()
    page.goto(shown.server + "/")
    assert page.locator("html").get_attribute("data-mode") is None


def test_the_keyboard_always_shows_where_it_is(shown: Shown, open_page: OpenPage) -> None:
    page: Page = open_page(DESK)
    page.goto(shown.server + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    unseen = []
    for _step in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate(SHOWS_FOCUS):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == []


def test_a_player_comes_only_when_asked_for(shown: Shown, open_page: OpenPage) -> None:
    page: Page = open_page(PHONE)
    page.route("https://player.bilibili.com/**", lambda route: route.fulfill(body="player"))
    page.goto(shown.server + shown.story)
    assert page.locator("iframe").count() == 0
    page.locator(".video-start").click()
    player = page.locator(".video-frame iframe")
    assert str(player.get_attribute("src")).startswith("https://player.bilibili.com/")
    assert player.get_attribute("title") == "一分钟学按压"
