"""Whatever has an hour says what will happen: to author and reviewer, on screens and in letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from branches import schedule
from branches.models import User
from branches.publishing import KEPT_BACK
from branches.review_queue import version_of
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.factories import Line, make_line, make_piece, make_user, publish, section
from tests.home.public_site import kept_for_module  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
#: 8 o'clock in Jilin.
DECEMBER = datetime(2099, 12, 1, tzinfo=UTC)
LATER = datetime(2099, 12, 24, 10, 30, tzinfo=UTC)
OPENS, CLOSES = "将于2099年12月1日8:00发布", "将于2099年12月24日18:30下线"


@pytest.fixture(scope="module")
def line(kept_for_module: Callable[..., Line]) -> Line:  # noqa: F811
    return kept_for_module(make_line)


@pytest.fixture
def editor(line: Line) -> User:
    return make_user(line.county)


@pytest.fixture
def reviewer(line: Line) -> User:
    return make_user(line.province, "reviewer")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def submitted(line: Line, editor: User, *, live: bool = False, **window: Any) -> StoryPage:
    """A piece in the queue, with `window`; if it is `live`, a change to a public one."""
    piece = make_piece(line.county, owner=editor, live=live)
    piece.title = "有时间的稿件"
    for name, value in window.items():
        setattr(piece, name, value)
    piece.save_revision(user=editor)
    piece = again(piece)
    piece.get_workflow().start(piece, editor)
    return piece


def again(piece: StoryPage) -> StoryPage:
    return StoryPage.objects.get(pk=piece.pk)


def screen(piece: StoryPage) -> str:
    return reverse("branches_review:piece", args=(piece.current_workflow_task_state.pk,))


def approve(user: User, piece: StoryPage) -> str:
    data = {"version": version_of(piece), "action": "approve"}
    return signed_in(user).post(screen(piece), data, follow=True).content.decode()


def desk(user: User) -> str:
    return signed_in(user).get(reverse("wagtailadmin_home")).content.decode()


def test_the_reviewer_reads_before_approving_when_it_appears_and_goes(
    line: Line, editor: User, reviewer: User
) -> None:
    piece = submitted(line, editor, go_live_at=DECEMBER, expire_at=LATER)
    for address in (screen(piece), reverse("branches_review:queue")):
        body = signed_in(reviewer).get(address).content.decode()
        assert OPENS in body
        assert CLOSES in body
    assert OPENS in desk(editor)


def test_what_will_appear_later_is_not_told_as_public(
    line: Line,
    editor: User,
    reviewer: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    piece = submitted(line, editor, go_live_at=DECEMBER, expire_at=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        said = approve(reviewer, piece)
    letter = mail.outbox[-1].body
    for told in (said, letter, desk(editor)):
        assert OPENS in told
        assert CLOSES in told
        assert "读者现在可以看到" not in told
    assert "继续写" not in desk(editor)
    assert not again(piece).live


def test_a_change_that_comes_later_leaves_what_is_public(
    line: Line,
    editor: User,
    reviewer: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    piece = submitted(line, editor, live=True, go_live_at=DECEMBER)
    with django_capture_on_commit_callbacks(execute=True):
        said = approve(reviewer, piece)
    for told in (said, mail.outbox[-1].body):
        assert "改动将于2099年12月1日8:00发布" in told
        assert "读者现在可以看到" not in told
    assert "有新改动还没提交" not in desk(editor)
    assert OPENS in desk(editor)
    assert again(piece).title != "有时间的稿件"


def test_what_is_public_at_once_says_so_and_when_it_ends(
    line: Line,
    editor: User,
    reviewer: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    piece = submitted(line, editor, go_live_at=timezone.now() - HOUR, expire_at=LATER)
    body = signed_in(reviewer).get(screen(piece)).content.decode()
    assert "时间已经过了，采用后马上公开" in body
    with django_capture_on_commit_callbacks(execute=True):
        said = approve(reviewer, piece)
    for told in (said, mail.outbox[-1].body):
        assert "读者现在可以看到" in told
        assert CLOSES in told
    assert again(piece).full_url in mail.outbox[-1].body
    assert CLOSES in desk(editor)


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize(
    ("opens", "closes"), [(None, -HOUR), (-2 * HOUR, -HOUR), (2 * HOUR, HOUR)], ids=str
)
def test_what_has_expired_in_the_queue_is_not_approved(
    line: Line, editor: User, reviewer: User, opens: Any, closes: Any, live: bool
) -> None:
    now = timezone.now()
    window = {"go_live_at": opens and now + opens, "expire_at": now + closes}
    piece = submitted(line, editor, live=live, **window)
    before = piece.live_revision_id
    client = signed_in(reviewer)
    body = client.get(screen(piece)).content.decode()
    assert "到期下线：下线时间" in body
    assert 'value="approve"' not in body
    assert "不能采用" in client.get(reverse("branches_review:queue")).content.decode()
    approve(reviewer, piece)
    assert again(piece).current_workflow_state.status == "in_progress"
    assert again(piece).live_revision_id == before
    client.post(screen(piece), {"version": version_of(piece), "action": "reject", "comment": "改"})
    assert again(piece).current_workflow_state.status == "needs_changes"


def scheduled(line: Line, editor: User, **window: Any) -> StoryPage:
    """An approved piece whose hour has come while the clock stood still."""
    piece = make_piece(line.county, owner=editor, live=False)
    piece.go_live_at, piece.expire_at = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    publish(piece.save_revision(user=editor))
    revision = piece.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - 2 * HOUR
    for name, value in {"go_live_at": revision.approved_go_live_at, **window}.items():
        revision.content[name] = value.isoformat()
    revision.save()
    return again(piece)


@pytest.mark.parametrize("clock", ["ours", "Wagtail's"])
def test_what_expired_before_its_hour_came_is_never_public(
    line: Line, editor: User, clock: str
) -> None:
    piece = scheduled(line, editor, expire_at=timezone.now() - HOUR)
    for _minute in range(2):
        schedule.publish_due() if clock == "ours" else call_command("publish_scheduled")
        piece = again(piece)
        assert (piece.live, piece.first_published_at, piece.approved_schedule) == (
            False,
            None,
            False,
        )
    assert PageLogEntry.objects.filter(page=piece, action=KEPT_BACK).count() == 1
    assert "没有公开：下线时间已经过了" in desk(editor)
    history = reverse("wagtailadmin_pages:history", args=(piece.pk,))
    assert "下线时间已经过了" in signed_in(editor).get(history).content.decode()


def test_an_approval_by_code_does_not_make_public_what_has_expired(
    line: Line, editor: User, reviewer: User
) -> None:
    piece = submitted(line, editor, expire_at=timezone.now() - HOUR)
    piece.current_workflow_task_state.approve(user=reviewer)
    assert (again(piece).live, again(piece).first_published_at) == (False, None)


def test_the_end_of_a_version_leaves_the_hour_of_the_next(line: Line, editor: User) -> None:
    piece = make_piece(line.county, owner=editor, title="第一版")
    piece.title, piece.go_live_at = "第二版", timezone.now() + HOUR
    publish(piece.save_revision(user=editor))
    StoryPage.objects.filter(pk=piece.pk).update(expire_at=timezone.now() - HOUR)
    assert schedule.expire_due() == 1
    assert (again(piece).live, again(piece).approved_schedule) == (False, True)
    assert "将于" in desk(editor)


def test_who_submits_reads_when_it_will_appear(line: Line, editor: User) -> None:
    kind = ("stories", "storypage", section(line.county).pk)
    data = story_form(go_live_at="2099-12-01 08:00", expire_at="") | {"action-submit": "1"}
    add = reverse("wagtailadmin_pages:add", args=kind)
    said = signed_in(editor).post(add, data, follow=True).content.decode()
    assert f"审核通过以后：{OPENS}" in said
