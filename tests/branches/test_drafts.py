"""A draft may lack anything but a title; who submits is told all that is missing, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from branches.completeness import faults_of, validation_lock
from branches.models import User
from branches.review_queue import version_of
from stories.models import AboutPage, ContentPage, ExplainerPage, NewsPage, StoryPage
from tests.branches.forms import story_form
from tests.factories import SECTION_OF, Line, make_line, make_piece, make_user, section
from tests.home.public_site import kept_for_module  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

KINDS = [StoryPage, NewsPage, ExplainerPage]
SUBMIT = {"action-submit": "提交审核"}
LINK = re.compile(r'<a href="#([\w-]+)">([^<]+)</a>')


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:  # noqa: F811
    return kept_for_module(make_line)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def only_a_title(**values: Any) -> dict[str, Any]:
    lists = {"body": streamfield([]), "questions": streamfield([]), "comments": inline_formset([])}
    return nested_form_data({"title": "只有题目", **lists, **values})


def begun() -> dict[str, Any]:
    """A text in which every kind of block stands, and none is finished."""
    video = {"title": "", "file": "", "link": "", "poster": "", "transcript": ""}
    return only_a_title(
        body=streamfield(
            [
                ("text", rich_text("")),
                ("picture", {"image": "", "caption": ""}),
                ("heading", ""),
                ("quote", {"quote": "", "speaker": ""}),
                ("callout", {"title": "", "text": rich_text("")}),
                ("gallery", {"pictures": streamless_list([{"image": "", "caption": ""}])}),
                ("video", video),
                ("document", {"document": "", "title": ""}),
                ("table", "null"),
                ("question", {"question": "", "answer": rich_text("")}),
                ("law_article", {"law": "", "article": "", "text": ""}),
            ]
        )
    )


def streamless_list(values: list[dict[str, Any]]) -> dict[str, Any]:
    items = [
        {"value": value, "deleted": "", "order": str(number), "id": ""}
        for number, value in enumerate(values)
    ]
    return {"count": str(len(items)), **{str(n): item for n, item in enumerate(items)}}


def add(line: Line, model: type[ContentPage]) -> str:
    kind = ("stories", model._meta.model_name, section(line.county, SECTION_OF[model]).pk)
    return reverse("wagtailadmin_pages:add", args=kind)


def edit(piece: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=(piece.pk,))


def told(response: Any) -> dict[str, str]:
    """What the top of the form says is missing: where it leads, by what it says."""
    assert response.status_code == 200
    body = response.content.decode()
    summary = body[body.index("data-error-summary") :]
    return {text: anchor for anchor, text in LINK.findall(summary[: summary.index("</ul>")])}


@pytest.mark.parametrize("model", KINDS)
def test_a_title_is_enough_for_a_draft(line: Line, model: type[ContentPage]) -> None:
    client = signed_in(make_user(line.county))
    response = client.post(add(line, model), only_a_title())
    piece = model.objects.get(title="只有题目")
    assert response.headers["Location"] == edit(piece)
    assert piece.date == timezone.localdate()
    assert client.get(edit(piece)).status_code == 200
    assert client.post(edit(piece), only_a_title(title="改过")).status_code == 302
    saved = client.post(edit(piece), only_a_title(date=""), HTTP_ACCEPT="application/json")
    assert saved.json()["success"]


def test_a_draft_without_a_title_is_not_saved_and_says_so(line: Line) -> None:
    response = signed_in(make_user(line.county)).post(add(line, StoryPage), only_a_title(title=""))
    assert told(response) == {"标题：还没有填": "id_title"}
    assert "还没有保存" in response.content.decode()


def test_blocks_that_are_only_begun_are_saved_and_asked_for_at_submission(line: Line) -> None:
    client = signed_in(make_user(line.county))
    assert client.post(add(line, StoryPage), begun()).status_code == 302
    piece = StoryPage.objects.get()
    assert len(piece.get_latest_revision_as_object().body) == 11
    missing = told(client.post(edit(piece), begun() | SUBMIT))
    assert missing["正文 · 图片（第2段） · 图片：还没有填"] == "body-1-value-image"
    assert missing["正文 · 小标题（第3段）：还没有填"] == "body-2-value"
    assert (
        missing["正文 · 组图（第6段） · 图片 · 第1项 · 图片：还没有填"]
        == "body-5-value-pictures-0-value-image"
    )
    assert missing["正文 · 视频（第7段） · 标题：还没有填"] == "body-6-value-title"
    assert missing["正文 · 法律条文（第11段） · 内容：还没有填"] == "body-10-value-text"
    assert StoryPage.objects.get().current_workflow_state is None


@pytest.mark.parametrize("model", KINDS)
def test_who_submits_reads_everything_that_is_missing(line: Line, model: type[ContentPage]) -> None:
    client = signed_in(make_user(line.county))
    expected = {"摘要：还没有填": "id_summary", "主题：还没有填": "id_topics"}
    assert expected.items() <= told(client.post(add(line, model), only_a_title() | SUBMIT)).items()
    assert not model.objects.exists()
    client.post(add(line, model), only_a_title())
    piece = model.objects.get()
    missing = told(client.post(edit(piece), only_a_title() | SUBMIT))
    assert expected.items() <= missing.items()
    assert "正文：还没有填" in missing
    if model is ExplainerPage:
        assert missing["简短回答：还没有填"] == "id_answer"
    assert model.objects.get().current_workflow_state is None


def test_what_came_back_is_asked_for_everything_again(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    piece.get_workflow().start(piece, editor)
    state = piece.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, "reject", comment="改")
    client = signed_in(editor)
    assert client.post(edit(piece), only_a_title()).status_code == 302
    for action in ("action-submit", "action-restart-workflow"):
        assert "主题：还没有填" in told(client.post(edit(piece), only_a_title() | {action: "1"}))
    assert StoryPage.objects.get().current_workflow_state.status == "needs_changes"


def test_what_is_saved_incomplete_in_the_queue_is_not_approved(line: Line) -> None:
    """Neither on the reviewer's screen nor by Wagtail's own door."""
    editor, reviewer = make_user(line.county), make_user(line.province, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    piece.get_workflow().start(piece, editor)
    signed_in(make_user(line.province, "reviewer")).post(edit(piece), only_a_title())
    state = piece.current_workflow_task_state
    client = signed_in(reviewer)
    screen = reverse("branches_review:piece", args=(state.pk,))
    body = client.get(screen).content.decode()
    assert "现在不能采用" in body
    assert "主题：还没有填" in body
    assert 'value="approve"' not in body
    stock = reverse("wagtailadmin_pages:workflow_action", args=(piece.pk, "approve", state.pk))
    client.post(stock, {"comment": ""})
    page = Page.objects.get(pk=piece.pk)
    response = client.post(screen, {"version": version_of(page), "action": "approve"})
    assert response.status_code == 200
    assert (StoryPage.objects.get().live, page.current_workflow_state.status) == (
        False,
        "in_progress",
    )
    client.post(screen, {"version": version_of(page), "action": "reject", "comment": "请补"})
    assert page.current_workflow_state.status == "needs_changes"


def test_a_complete_text_lacks_nothing(line: Line) -> None:
    for model in KINDS:
        piece = make_piece(line.county, model, live=False)
        assert faults_of(piece.get_latest_revision_as_object()) == []


def test_an_expired_piece_is_saved_and_leads_to_its_hour(line: Line) -> None:
    editor = make_user(line.county)
    piece = make_piece(line.county, owner=editor)
    yesterday = timezone.localtime() - timedelta(days=1)
    StoryPage.objects.filter(pk=piece.pk).update(live=False, expired=True, expire_at=yesterday)
    piece = StoryPage.objects.get(pk=piece.pk)
    piece.save_revision(user=editor)
    client = signed_in(editor)
    assert "这篇稿件到期了" in client.get(edit(piece)).content.decode()
    hours = {"expire_at": f"{yesterday:%Y-%m-%d %H:%M}", "go_live_at": ""}
    data = story_form(title="到期以后接着写", **hours)
    assert client.post(edit(piece), data).status_code == 302
    assert StoryPage.objects.get().draft_title == "到期以后接着写"
    response = client.post(edit(piece), data | SUBMIT)
    ((said, anchor),) = told(response).items()
    assert said.startswith("到期下线：下线时间（")
    assert f'id="{anchor}"' in response.content.decode()
    assert "schedule-publishing-dialog" not in response.content.decode()
    data = story_form(title="到期以后接着写", expire_at="", go_live_at="")
    assert client.post(edit(piece), data | SUBMIT).status_code == 302
    assert StoryPage.objects.get().current_workflow_state.status == "in_progress"


def test_hours_that_leave_no_time_between_them_are_saved_but_not_submitted(line: Line) -> None:
    client = signed_in(make_user(line.county))
    hours = {"go_live_at": "2099-12-02 08:00", "expire_at": "2099-12-01 08:00"}
    assert client.post(add(line, StoryPage), story_form(**hours)).status_code == 302
    piece = StoryPage.objects.get()
    assert "下线时间要晚于发布时间" in client.get(edit(piece)).content.decode()
    response = client.post(edit(piece), story_form(**hours) | SUBMIT)
    assert told(response) == {"到期下线：下线时间要晚于发布时间。": "id_expire_at"}
    unreadable = story_form(go_live_at="明年", expire_at="")
    assert told(client.post(edit(piece), unreadable)).popitem()[1] == "id_go_live_at"


def test_the_page_about_a_branch_has_hours_too(line: Line) -> None:
    page = section(line.county, AboutPage)
    assert faults_of(page) == []
    body = signed_in(make_user(line.county)).get(edit(page)).content.decode()
    assert "定时发布" in body
    page.expire_at = timezone.now() - timedelta(days=1)
    (fault,) = faults_of(page)
    assert (fault.label, fault.anchor) == ("到期下线", "id_expire_at")


def test_forms_are_validated_one_at_a_time(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saving a draft changes blocks for a moment, for all threads."""
    free = []

    def watched(form: Any) -> None:
        other = Thread(target=lambda: free.append(validation_lock.acquire(blocking=False)))
        other.start()
        other.join()
        full_clean(form)

    full_clean = WagtailAdminPageForm.full_clean
    monkeypatch.setattr(WagtailAdminPageForm, "full_clean", watched)
    signed_in(make_user(line.county)).post(add(line, StoryPage), only_a_title())
    assert set(free) == {False}
