"""The reviewer's screens: the queue, one piece, the decision, and the letters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from branches.models import Membership, User
from branches.permissions import scope_of
from branches.review_queue import version_of, waiting_for
from stories.models import StoryPage
from tests.factories import Line, make_admin, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def line() -> Line:
    return make_line()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def submitted(line: Line, **values: Any) -> tuple[StoryPage, TaskState]:
    """A story of the county that waits for its first step."""
    editor = values.pop("owner", None) or make_user(line.county)
    piece = make_piece(line.county, owner=editor, live=False, **values)
    piece.get_workflow().start(piece, editor)
    return piece, piece.current_workflow_task_state


def fresh(piece: StoryPage) -> StoryPage:
    return StoryPage.objects.get(pk=piece.pk)


def address(state: TaskState) -> str:
    return reverse("branches_review:piece", args=(state.pk,))


def decide(client: Client, state: TaskState, action: str, **data: str) -> Any:
    page = state.workflow_state.content_object
    data = {"version": version_of(page), "action": action, **data}
    return client.post(address(state), data)


def test_the_queue_shows_what_waits_oldest_first(line: Line) -> None:
    reviewer = make_user(line.county, "reviewer")
    submitted(line, title="先来的")
    submitted(line, title="后来的")
    body = signed_in(reviewer).get(reverse("branches_review:queue")).content.decode()
    assert body.index("先来的") < body.index("后来的")
    assert "首次发布" in body


def test_a_change_to_a_public_piece_is_told_apart(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor)
    piece.save_revision(user=editor)
    piece.get_workflow().start(piece, editor)
    client = signed_in(reviewer)
    assert "修改已公开的稿件" in client.get(reverse("branches_review:queue")).content.decode()
    body = client.get(address(piece.current_workflow_task_state)).content.decode()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=(piece.pk, "live", "latest"))
    assert compare in body
    assert client.get(compare).status_code == 200


def test_what_branches_below_look_at_first_stands_apart(line: Line) -> None:
    make_user(line.county, "reviewer")
    city = make_user(line.city, "reviewer")
    _piece, state = submitted(line)
    (item,) = waiting_for(city)
    assert not item.is_my_turn
    assert "还在下级审核" in signed_in(city).get(reverse("branches_review:queue")).content.decode()
    state.task.specific.on_action(state, make_user(line.county, "reviewer"), "approve")
    (item,) = waiting_for(User.objects.get(pk=city.pk))
    assert item.is_my_turn


def test_the_queue_asks_the_same_number_of_questions_for_many(
    line: Line, django_assert_num_queries: Any
) -> None:
    reviewer = make_user(line.city, "reviewer")
    submitted(line)
    scope_of(reviewer)
    with django_assert_num_queries(5):
        assert len(waiting_for(reviewer)) == 1
    for _number in range(3):
        submitted(line)
    with django_assert_num_queries(5):
        assert len(waiting_for(reviewer)) == 4


def test_an_editor_has_no_queue_and_is_told_why(line: Line) -> None:
    client = signed_in(make_user(line.county))
    response = client.get(reverse("branches_review:queue"))
    assert response.status_code == 403
    assert "审核员" in response.content.decode()
    assert reverse("branches_review:queue") not in client.get("/admin/").content.decode()


def test_the_menu_counts_what_waits(line: Line) -> None:
    reviewer = make_user(line.county, "reviewer")
    submitted(line)
    body = signed_in(reviewer).get("/admin/").content.decode()
    assert json.dumps("审核（1）")[1:-1] in body


@pytest.mark.parametrize("who", ["author", "editor", "other_county", "other_city"])
def test_a_piece_is_closed_to_who_may_not_review_it(line: Line, who: str) -> None:
    author = make_user(line.county, "reviewer")
    people = {
        "author": author,
        "editor": make_user(line.county),
        "other_county": make_user(line.other_county, "reviewer"),
        "other_city": make_user(line.other_city, "reviewer"),
    }
    make_user(line.county, "reviewer")
    piece, state = submitted(line, owner=author)
    client = signed_in(people[who])
    assert client.get(address(state)).status_code == 403
    preview = reverse("branches_review:preview", args=(state.pk, piece.latest_revision_id))
    if who != "author":
        assert client.get(preview).status_code == 403
    assert decide(client, state, "approve").status_code == 403
    assert not fresh(piece).live


def test_the_piece_is_shown_as_the_public_will_read_it(line: Line) -> None:
    reviewer = make_user(line.county, "reviewer")
    piece, state = submitted(line, text="雪夜里的一张床")
    client = signed_in(reviewer)
    body = client.get(address(state)).content.decode()
    (frame,) = re.findall(r'<iframe src="([^"]+)"', body)
    preview = client.get(frame)
    assert preview.status_code == 200
    assert "雪夜里的一张床" in preview.content.decode()
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    assert frame.endswith(f"/{piece.latest_revision_id}/")


def test_the_preview_shows_no_revision_of_another_page(line: Line) -> None:
    reviewer = make_user(line.county, "reviewer")
    _piece, state = submitted(line)
    other = make_piece(line.other_city, live=False)
    preview = reverse("branches_review:preview", args=(state.pk, other.latest_revision_id))
    assert signed_in(reviewer).get(preview).status_code == 404


def test_an_approval_leads_to_what_waits_next(line: Line) -> None:
    reviewer = make_user(line.province, "reviewer")
    first, state = submitted(line)
    _second, next_state = submitted(line)
    response = decide(signed_in(reviewer), state, "approve", comment="很好")
    assert response.headers["Location"] == address(next_state)
    assert fresh(first).live
    response = decide(signed_in(reviewer), next_state, "approve")
    assert response.headers["Location"] == reverse("branches_review:queue")


def test_a_return_needs_a_comment_on_every_way(line: Line) -> None:
    reviewer = make_user(line.county, "reviewer")
    piece, state = submitted(line)
    client = signed_in(reviewer)
    response = decide(client, state, "reject", comment="  ")
    assert "请写明退回的意见" in response.content.decode()
    stock = reverse("wagtailadmin_pages:workflow_action", args=(piece.pk, "reject", state.pk))
    client.post(stock, {"comment": ""})
    assert TaskState.objects.get(pk=state.pk).status == "in_progress"
    decide(client, state, "reject", comment="请写上日期")
    assert TaskState.objects.get(pk=state.pk).comment == "请写上日期"


def test_a_text_that_changed_meanwhile_has_to_be_read_again(line: Line) -> None:
    first, second = make_user(line.county, "reviewer"), make_user(line.county, "reviewer")
    piece, state = submitted(line)
    seen = version_of(piece)
    piece.title = "新题"
    piece.save_revision(user=second)
    client = signed_in(first)
    response = decide(client, state, "approve", version=seen)
    assert response.headers["Location"] == address(state)
    assert "又改过了" in client.get(address(state)).content.decode()
    assert TaskState.objects.get(pk=state.pk).status == "in_progress"


def test_a_draft_saved_again_in_place_has_changed_too(line: Line) -> None:
    reviewer = make_user(line.county, "reviewer")
    editor = make_user(line.county)
    piece, state = submitted(line, owner=editor)
    seen = version_of(piece)
    piece.save_revision(user=editor, overwrite_revision=piece.latest_revision)
    decide(signed_in(reviewer), state, "approve", version=seen)
    assert TaskState.objects.get(pk=state.pk).status == "in_progress"


def test_who_comes_second_is_told_who_was_first(line: Line) -> None:
    first, second = make_user(line.county, "reviewer"), make_user(line.county, "reviewer")
    _piece, state = submitted(line)
    version = version_of(state.workflow_state.content_object)
    decide(signed_in(first), state, "reject", comment="请补照片")
    client = signed_in(second)
    response = decide(client, state, "approve", version=version)
    body = response.content.decode()
    assert first.username in body
    assert "请补照片" in body


def test_nothing_offers_to_publish(line: Line) -> None:
    reviewer = make_user(line.province, "reviewer")
    piece, _state = submitted(line)
    body = signed_in(reviewer).get(reverse("wagtailadmin_pages:edit", args=(piece.pk,)))
    assert "action-publish" not in body.content.decode()
    assert "去审核" in body.content.decode()


def test_letters_go_to_who_reviews_next_and_to_the_author(
    line: Line, django_capture_on_commit_callbacks: Commit
) -> None:
    editor = make_user(line.county, username="xiaohe")
    county, city = make_user(line.county, "reviewer"), make_user(line.city, "reviewer")
    make_admin()
    with django_capture_on_commit_callbacks(execute=True):
        piece, state = submitted(line, owner=editor, title="雪夜")
    assert [letter.to for letter in mail.outbox] == [[county.email]]
    assert "请审核：雪夜" in mail.outbox[0].subject
    assert address(state) in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        decide(signed_in(county), state, "approve")
    assert [letter.to for letter in mail.outbox[1:]] == [[city.email]]
    with django_capture_on_commit_callbacks(execute=True):
        decide(
            signed_in(city), fresh(piece).current_workflow_task_state, "reject", comment="补照片"
        )
    assert [letter.to for letter in mail.outbox[2:]] == [[editor.email], [county.email]]
    assert all("补照片" in letter.body for letter in mail.outbox[2:])


def test_the_author_hears_that_the_piece_is_public(
    line: Line, django_capture_on_commit_callbacks: Commit
) -> None:
    editor, province = make_user(line.county), make_user(line.province, "reviewer")
    make_user(line.city, "reviewer")
    piece, state = submitted(line, owner=editor)
    with django_capture_on_commit_callbacks(execute=True):
        decide(signed_in(province), state, "approve")
    assert [letter.to for letter in mail.outbox] == [[editor.email]]
    assert fresh(piece).full_url in mail.outbox[0].body


def test_a_mail_server_that_is_away_breaks_nothing(
    line: Line, settings: Any, django_capture_on_commit_callbacks: Commit
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    reviewer = make_user(line.province, "reviewer")
    with django_capture_on_commit_callbacks(execute=True):
        piece, state = submitted(line)
        decide(signed_in(reviewer), state, "approve")
    assert fresh(piece).live


def test_who_is_editor_and_reviewer_sees_no_own_piece_in_the_queue(line: Line) -> None:
    both = make_user(line.county)
    Membership.objects.create(user=both, branch=line.county, role="reviewer")
    make_user(line.county, "reviewer")
    submitted(line, owner=both)
    assert waiting_for(User.objects.get(pk=both.pk)) == []
