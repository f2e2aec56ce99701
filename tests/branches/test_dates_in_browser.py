"""The picker of a date field lets stand what was typed. (By default it puts today in its place.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import StorySection
from tests.factories import make_line, make_user, section

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_a_printed_date_stands_as_it_was_typed(page: Page, live_server: LiveServer) -> None:
    line = make_line()
    client = Client()
    client.force_login(make_user(line.county))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    parent = section(line.county, StorySection)
    address = reverse("wagtailadmin_pages:add", args=("stories", "storypage", parent.pk))
    page.goto(live_server.url + address)
    field = page.locator("#id_date")
    field.fill("2026年11月3日")
    field.press("Tab")
    page.locator("#id_title").click()
    assert field.input_value() == "2026年11月3日"
