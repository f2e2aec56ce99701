"""A public text is taken offline at once, by a reviewer, for a reason that is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from branches.models import User
from stories.models import StoryPage
from tests.factories import Line, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def line() -> Line:
    return make_line()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(piece: StoryPage) -> str:
    return reverse("branches_offline:confirm", args=(piece.pk,))


def is_live(piece: StoryPage) -> bool:
    return bool(StoryPage.objects.get(pk=piece.pk).live)


@pytest.mark.parametrize("branch", ["county", "city", "province"])
def test_reviewers_along_the_line_take_a_text_offline(line: Line, branch: str) -> None:
    piece = make_piece(line.county)
    client = signed_in(make_user(getattr(line, branch), "reviewer"))
    assert (
        address(piece)
        in client.get(reverse("wagtailadmin_pages:edit", args=(piece.pk,))).content.decode()
    )
    assert Client().get(piece.url).status_code == 200
    response = client.post(address(piece), {"reason": "照片里的人不愿意公开"}, follow=True)
    assert "已下线" in response.content.decode()
    assert not is_live(piece)
    assert Client().get(piece.url).status_code == 404
    entry = PageLogEntry.objects.get(page=piece, action="branches.take_offline")
    assert entry.data["reason"] == "照片里的人不愿意公开"
    history = client.get(reverse("wagtailadmin_pages:history", args=(piece.pk,)))
    assert "下线，原因：照片里的人不愿意公开" in history.content.decode()


def test_a_reason_is_needed(line: Line) -> None:
    piece = make_piece(line.county)
    client = signed_in(make_user(line.county, "reviewer"))
    assert client.post(address(piece), {"reason": " "}).status_code == 200
    assert is_live(piece)


@pytest.mark.parametrize(
    ("branch", "role"),
    [("county", "editor"), ("other_county", "reviewer"), ("other_city", "reviewer")],
)
def test_nobody_else_does(line: Line, branch: str, role: str) -> None:
    """Who knows of the page is refused; the others do not find it."""
    piece = make_piece(line.county)
    client = signed_in(make_user(getattr(line, branch), role))
    answer = 403 if branch == "county" else 404
    assert client.get(address(piece)).status_code == answer
    assert client.post(address(piece), {"reason": "想撤"}).status_code == answer
    assert is_live(piece)


def test_a_draft_and_a_section_cannot_be_taken_offline(line: Line) -> None:
    client = signed_in(make_user(line.province, "reviewer"))
    draft = make_piece(line.county, live=False)
    for page in (draft, draft.get_parent()):
        assert client.post(address(page), {"reason": "想撤"}).status_code == 403
    assert draft.get_parent().live


def test_an_editor_is_not_offered_it(line: Line) -> None:
    piece = make_piece(line.county)
    client = signed_in(make_user(line.county))
    places = (("wagtailadmin_pages:edit", piece), ("wagtailadmin_explore", piece.get_parent()))
    for name, page in places:
        body = client.get(reverse(name, args=(page.pk,))).content.decode()
        assert piece.title in body
        assert address(piece) not in body


def test_the_author_is_told(line: Line, django_capture_on_commit_callbacks: Commit) -> None:
    editor = make_user(line.county)
    piece = make_piece(line.county, owner=editor, title="雪夜")
    client = signed_in(make_user(line.county, "reviewer"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(piece), {"reason": "名字写错了"})
    (letter,) = mail.outbox
    assert letter.to == [editor.email]
    assert "已下线：雪夜" in letter.subject
    assert "名字写错了" in letter.body


def test_who_reviews_it_again_is_told_why_it_was_offline(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor)
    client = signed_in(reviewer)
    client.post(address(piece), {"reason": "名字写错了"})
    piece = StoryPage.objects.get(pk=piece.pk)
    piece.save_revision(user=editor)
    piece.get_workflow().start(piece, editor)
    state = piece.current_workflow_task_state
    body = client.get(reverse("branches_review:piece", args=(state.pk,))).content.decode()
    assert "名字写错了" in body
