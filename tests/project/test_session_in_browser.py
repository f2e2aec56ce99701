"""Writing while the session ends or the network goes: one hears it at once, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from stories.models import StoryPage
from tests import factories

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

NOTE = ".desk-lost"
SAVE = "button.action-save"


class Writer:
    """An officer at the editing form of a draft of theirs."""

    def __init__(self, server: LiveServer, page: Page) -> None:
        self.server, self.page = server, page
        branch = factories.make_branch("jilin")
        self.user = factories.make_user(branch, username="officer")
        factories.make_image(branch, self.user)
        self.draft = factories.make_piece(branch, owner=self.user, live=False)
        page.set_viewport_size({"width": 1280, "height": 800})
        self.sign_in(page)
        page.goto(server.url + reverse("wagtailadmin_pages:edit", args=(self.draft.pk,)))

    def sign_in(self, page: Page) -> None:
        page.goto(self.server.url + reverse("wagtailadmin_login"))
        page.fill("[name=username]", "officer")
        page.fill("[name=password]", "secret")
        page.click("[type=submit]")
        page.wait_for_url(self.server.url + "/admin/")

    def sign_in_elsewhere(self) -> None:
        """As the note says: in a new tab, and back."""
        with self.page.context.expect_page() as opened:
            self.page.click(f"{NOTE} a")
        tab = opened.value
        self.sign_in(tab)
        tab.close()
        self.page.bring_to_front()
        self.page.evaluate("window.dispatchEvent(new Event('focus'))")

    def choose_picture(self) -> None:
        self.page.locator("[data-chooser-action-choose]:visible").first.click()

    def said(self) -> str:
        self.page.wait_for_selector(NOTE)
        return self.page.inner_text(NOTE)

    def title(self) -> str:
        """That of the draft as it is stored."""
        return str(StoryPage.objects.get(pk=self.draft.pk).latest_revision.content["title"])


def test_one_hears_at_once_what_failed_and_loses_nothing(
    live_server: LiveServer, page: Page
) -> None:
    writer = Writer(live_server, page)
    without_a_network_one_hears_it_until_the_next_answer(writer)
    after_the_session_has_ended_one_signs_in_elsewhere_and_goes_on(writer)
    a_form_is_not_sent_into_nowhere(writer)


def after_the_session_has_ended_one_signs_in_elsewhere_and_goes_on(writer: Writer) -> None:
    page = writer.page
    Session.objects.all().delete()
    writer.choose_picture()
    assert "登录已经失效" in writer.said()
    writer.sign_in_elsewhere()
    page.wait_for_selector(NOTE, state="detached")
    writer.choose_picture()
    page.wait_for_selector(".modal [data-chooser-modal-choice]")
    page.click(".modal .close")
    page.wait_for_selector(".modal", state="detached")

    Session.objects.all().delete()
    page.fill("[name=title]", "改过的标题")
    assert "登录已经失效" in writer.said()
    writer.sign_in_elsewhere()
    page.wait_for_selector(NOTE, state="detached")
    with page.expect_response(lambda answer: "/edit/" in answer.url and answer.ok):
        page.fill("[name=title]", "又改过的标题")
    assert writer.title() == "又改过的标题"


def a_form_is_not_sent_into_nowhere(writer: Writer) -> None:
    page = writer.page
    page.evaluate("Date.now = (now => () => now() + 3600000)(Date.now)")
    Session.objects.all().delete()
    page.route("**/edit/", lambda route: route.abort())
    page.fill("[name=title]", "没有丢的标题")
    page.click(SAVE)
    page.wait_for_selector(f"{NOTE} a")
    assert page.input_value("[name=title]") == "没有丢的标题"
    page.unroute("**/edit/")
    writer.sign_in_elsewhere()
    page.wait_for_selector(NOTE, state="detached")
    with page.expect_navigation():
        page.click(SAVE)
    assert writer.title() == "没有丢的标题"


def without_a_network_one_hears_it_until_the_next_answer(writer: Writer) -> None:
    page = writer.page
    page.context.set_offline(True)
    writer.choose_picture()
    assert "连不上网站" in writer.said()
    page.context.set_offline(False)
    writer.choose_picture()
    page.wait_for_selector(".modal [data-chooser-modal-choice]")
    assert page.query_selector(NOTE) is None
    page.click(".modal .close")
    page.wait_for_selector(".modal", state="detached")
