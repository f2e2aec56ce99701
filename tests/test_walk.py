"""The main job as its people do it, in a real browser: a county's editor writes a story with a
picture and submits it, county, city and province approve, a reader on a phone finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from branches.models import User
from stories.models import StoryPage
from tests.factories import make_line, make_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

TITLE = "操场上的第一课"
TEXT = "救护员在操场上开展应急救护培训，五十名学生轮流按压。"
#: Whether the picture with this alternative text has arrived.
IS_SHOWN = "alt => [...document.images].some(i => i.alt === alt && i.complete && i.naturalWidth)"
ALT = "学生围着训练人偶练习按压"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "class.jpg"
    Image.new("RGB", (1200, 800), (196, 150, 90)).save(path)
    return path


@contextmanager
def desk_of(user: User, browser: Browser, server: str) -> Iterator[Page]:
    """The admin as `user` sees it after signing in."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{server}/admin/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    yield page
    context.close()


@pytest.mark.server
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_story_goes_from_the_county_to_a_reader(
    live_server: LiveServer, browser: Browser, page: Page, picture: Path
) -> None:
    line = make_line()
    editor = make_user(line.county)
    reviewers = [make_user(b, "reviewer") for b in (line.county, line.city, line.province)]

    with desk_of(editor, browser, live_server.url) as desk:
        write_and_submit(desk, picture)
    for reviewer in reviewers:
        assert not StoryPage.objects.get(title=TITLE).live
        with desk_of(reviewer, browser, live_server.url) as desk:
            approve(desk)

    page.goto(f"{live_server.url}/search/?q=应急救护")  # from the middle of a sentence
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("heading", name=TITLE).wait_for()
    page.wait_for_function(IS_SHOWN, arg=ALT)
    assert TEXT in page.locator("main").inner_text()
    assert "/changchun/nongan/stories/" in page.url


def write_and_submit(desk: Page, picture: Path) -> None:
    desk.get_by_role("link", name="写红会故事").click()
    desk.fill("[name=title]", TITLE)
    desk.fill("[name=summary]", "一所农村中学把救护课搬到操场上。")
    desk.locator("#id_lead_image-chooser [data-chooser-action-choose]").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("tab", name="上传").click()
    dialog.locator("[name=image-chooser-upload-file]").set_input_files(picture)
    dialog.locator("[name=image-chooser-upload-title]").fill("操场上的急救课")
    dialog.locator("[name=image-chooser-upload-description]").fill(ALT)
    dialog.locator("form[data-chooser-modal-creation-form] [type=submit]").click()
    dialog.wait_for(state="detached")
    desk.locator(".public-DraftEditor-content").first.click()
    desk.keyboard.type(TEXT)
    # The editor hands its text to the form a moment after the last key.
    desk.wait_for_function(
        "text => document.querySelector('[name=body-0-value]').value.includes(text)", arg=TEXT
    )
    desk.get_by_label("应急救护").check()
    desk.get_by_role("button", name="提交审核").click()
    desk.locator(".messages .success").wait_for()


def approve(desk: Page) -> None:
    desk.get_by_role("link", name="审核（1）").click()
    desk.get_by_role("link", name=TITLE).click()
    preview = desk.frame_locator("iframe")
    preview.get_by_text(TEXT).wait_for()
    desk.get_by_role("button", name="采用").click()
    desk.locator(".messages .success").wait_for()
