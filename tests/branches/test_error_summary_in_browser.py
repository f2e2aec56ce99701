"""What is missing is seen without scrolling, on a telephone too, and leads to its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import make_line, make_user

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

FOCUSED = "() => document.activeElement.closest('[data-field]')?.querySelector('[name]').name"


@pytest.mark.server
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_item_leads_to_its_field(live_server: LiveServer, page: Page) -> None:
    editor = make_user(make_line().county)
    page.goto(f"{live_server.url}/admin/")
    page.fill("[name=username]", editor.username)
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    page.get_by_role("link", name="写红会故事").click()
    page.fill("[name=title]", "只有题目")
    page.get_by_role("button", name="提交审核").click()
    summary = page.locator("[data-error-summary]")
    summary.wait_for()
    page.wait_for_function("() => document.activeElement.matches('[data-error-summary]')")
    box = summary.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 740
    page.locator(".public-DraftEditor-content").wait_for()
    for item, field in (("摘要", "summary"), ("正文", "body-0-value"), ("主题", "topics")):
        summary.get_by_role("link", name=item).click()
        page.wait_for_function(f"name => ({FOCUSED})() === name", arg=field)
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url("**/edit/**")
