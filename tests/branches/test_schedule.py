"""An approved text goes public at its hour, and takes nothing else along."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from branches import schedule
from stories.models import StoryPage
from tests.factories import make_line, make_piece, make_user, publish

pytestmark = pytest.mark.django_db


def scheduled_piece() -> StoryPage:
    """A piece whose approved version names an hour that has just come."""
    line = make_line()
    editor = make_user(line.county)
    piece = make_piece(line.county, owner=editor, live=False, title="第一版")
    piece.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    publish(piece.save_revision(user=editor))
    let_an_hour_and_more_pass(piece)
    return StoryPage.objects.get(pk=piece.pk)


def let_an_hour_and_more_pass(piece: StoryPage) -> None:
    revision = piece.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(minutes=5)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


def test_what_is_due_goes_public_once() -> None:
    piece = scheduled_piece()
    assert not piece.live
    assert (schedule.publish_due(), schedule.publish_due()) == (1, 0)
    assert StoryPage.objects.get(pk=piece.pk).live


def test_a_newer_version_stays_under_review() -> None:
    piece = scheduled_piece()
    piece.title, piece.go_live_at = "第二版", None
    piece.save_revision(user=piece.owner)
    piece.get_workflow().start(piece, piece.owner)
    assert schedule.publish_due() == 1
    live = StoryPage.objects.get(pk=piece.pk)
    assert (live.live, live.title, live.workflow_in_progress) == (True, "第一版", True)


def test_one_that_fails_does_not_hold_up_the_others() -> None:
    def fail_for_odd(number: int) -> None:
        if number % 2:
            raise ValueError(number)

    assert schedule.each([1, 2, 3, 4], fail_for_odd) == 2  # type: ignore[type-var]


def test_what_has_expired_is_taken_offline() -> None:
    piece = make_piece(make_line().county)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    StoryPage.objects.filter(pk=piece.pk).update(expire_at=yesterday)
    assert (schedule.expire_due(), schedule.expire_due()) == (1, 0)
    assert not StoryPage.objects.get(pk=piece.pk).live
