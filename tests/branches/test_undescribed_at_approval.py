"""A picture that nobody described is asked for by every door to the public."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import WorkflowState

from branches.completeness import faults_of
from stories.models import StoryPage
from tests.branches.forms import story_form
from tests.factories import Line, make_image, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def test_a_returned_text_is_not_started_anew_without(line: Line) -> None:
    author, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=author, live=False)
    piece.get_workflow().start(piece, author)
    piece.current_workflow_task_state.specific.reject(user=reviewer, comment="请补")
    client = Client()
    client.force_login(author)
    form = story_form(lead_image=make_image(line.county, author, description="").pk)
    for action in ("action-submit", "action-restart-workflow"):
        client.post(f"/admin/pages/{piece.pk}/edit/", form | {action: "1"})
        review = StoryPage.objects.get(pk=piece.pk).current_workflow_state
        assert review.status == WorkflowState.STATUS_NEEDS_CHANGES, action


def test_nor_approved_where_a_reviewer_put_it_in(line: Line) -> None:
    author, reviewer = make_user(line.county), make_user(line.city, "reviewer")
    piece = make_piece(line.county, owner=author, live=False)
    piece.get_workflow().start(piece, author)
    piece.lead_image = make_image(line.county, author, description="")
    revision = piece.save_revision(user=reviewer)
    assert faults_of(revision.as_object())
    other = make_user(line.province, "reviewer")
    state = piece.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, other, "approve")
