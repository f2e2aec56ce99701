"""The review goes up the branch line, never by the author, and its last approval publishes."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from branches import workflow
from branches.models import Membership, User
from stories.models import StoryPage
from tests.factories import Line, make_admin, make_branch, make_line, make_piece, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    return make_line()


def submit(piece: StoryPage, user: User) -> None:
    piece.get_workflow().start(piece, user)


def step(piece: StoryPage) -> str:
    """The level whose step waits, or what became of the review."""
    state = StoryPage.objects.get(pk=piece.pk).workflow_states.order_by("-pk").first()
    if state.status != "in_progress":
        return str(state.status)
    return str(state.current_task_state.task.specific.level)


def act(piece: StoryPage, user: User, action: str = "approve") -> None:
    state = piece.workflow_states.order_by("-pk").first().current_task_state
    state.task.specific.on_action(state, User.objects.get(pk=user.pk), action)


def test_each_level_approves_and_the_last_one_publishes(line: Line) -> None:
    editor = make_user(line.county)
    county, city, province = (
        make_user(branch, "reviewer") for branch in (line.county, line.city, line.province)
    )
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    assert step(piece) == "county"
    act(piece, county)
    assert step(piece) == "city"
    act(piece, city)
    assert step(piece) == "province"
    assert not StoryPage.objects.get(pk=piece.pk).live
    act(piece, province)
    assert step(piece) == "approved"
    assert StoryPage.objects.get(pk=piece.pk).live


def test_steps_without_reviewers_are_skipped_upward(line: Line) -> None:
    editor, province = make_user(line.county), make_user(line.province, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    assert step(piece) == "province"
    act(piece, province)
    assert StoryPage.objects.get(pk=piece.pk).live


def test_the_step_of_the_province_waits_even_where_nobody_is_there(line: Line) -> None:
    editor = make_user(line.county)
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    assert step(piece) == "province"
    act(piece, make_admin())
    assert StoryPage.objects.get(pk=piece.pk).live


def test_a_county_under_the_province_has_no_step_of_a_city(line: Line) -> None:
    meihekou = make_branch("meihekou", line.province, level="county")
    editor, reviewer = make_user(meihekou), make_user(meihekou, "reviewer")
    piece = make_piece(meihekou, owner=editor, live=False)
    submit(piece, editor)
    assert step(piece) == "county"
    act(piece, reviewer)
    assert step(piece) == "province"


def test_who_reviews_for_a_higher_branch_approves_for_the_lower_ones_too(line: Line) -> None:
    editor = make_user(line.county)
    make_user(line.county, "reviewer")
    make_user(line.province, "reviewer")
    city = make_user(line.city, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    act(piece, city)
    assert step(piece) == "province"


@pytest.mark.parametrize("branch_name", ["county", "other_county", "other_city"])
def test_an_approval_is_refused_to_who_does_not_review_here(line: Line, branch_name: str) -> None:
    editor = make_user(line.county)
    city = make_user(line.city, "reviewer")
    outsider = make_user(getattr(line, branch_name), "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    if branch_name == "county":
        act(piece, outsider)  # the county's own step; the city's is not theirs
    with pytest.raises(PermissionDenied):
        act(piece, outsider)
    assert step(piece) == "city"
    act(piece, city)


def test_nobody_approves_an_own_text(line: Line) -> None:
    writer = make_user(line.province, "reviewer")
    admin = make_admin()
    piece = make_piece(line.province, owner=writer, live=False)
    piece.save_revision(user=admin)
    submit(piece, writer)
    for author in (writer, admin):
        with pytest.raises(PermissionDenied):
            act(piece, author)
    act(piece, make_user(line.province, "reviewer"))
    assert StoryPage.objects.get(pk=piece.pk).live


def test_who_changed_a_text_since_it_was_public_is_its_author(line: Line) -> None:
    creator, changer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=creator)
    assert workflow.authors_of(piece) == {creator.pk}
    piece.save_revision(user=changer)
    assert workflow.authors_of(piece) == {creator.pk, changer.pk}


def test_a_step_whose_only_reviewer_wrote_the_text_is_skipped(line: Line) -> None:
    both = make_user(line.county)
    Membership.objects.create(user=both, branch=line.county, role="reviewer")
    make_user(line.city, "reviewer")
    piece = make_piece(line.county, owner=both, live=False)
    submit(piece, both)
    assert step(piece) == "city"


def test_what_is_stuck_is_sent_on_when_its_reviewer_leaves(line: Line) -> None:
    editor = make_user(line.county)
    reviewer = make_user(line.county, "reviewer")
    make_user(line.city, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    assert workflow.skip_steps_without_reviewer() == 0
    Membership.objects.filter(user=reviewer).delete()
    assert workflow.skip_steps_without_reviewer() == 1
    assert step(piece) == "city"
    assert workflow.skip_steps_without_reviewer() == 0


def test_a_returned_text_stays_unpublished_and_keeps_the_comment(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    state = piece.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, "reject", comment="请补充日期")
    assert step(piece) == "needs_changes"
    state.refresh_from_db()
    assert state.comment == "请补充日期"
    assert not StoryPage.objects.get(pk=piece.pk).live


def test_an_edit_under_review_has_to_be_approved_again(line: Line) -> None:
    editor, province = make_user(line.county), make_user(line.province, "reviewer")
    county, city = make_user(line.county, "reviewer"), make_user(line.city, "reviewer")
    second_city = make_user(line.city, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    act(piece, county)
    piece.save_revision(user=city)
    with pytest.raises(PermissionDenied):
        act(piece, city)
    act(piece, second_city)  # for the county too, whose approval was of another text
    assert step(piece) == "province"
    piece.save_revision(user=county)
    act(piece, province)
    live = StoryPage.objects.get(pk=piece.pk)
    assert live.live
    assert live.live_revision.user == county


def test_the_public_version_stays_while_a_change_waits(line: Line) -> None:
    editor, reviewer = make_user(line.county), make_user(line.province, "reviewer")
    piece = make_piece(line.county, owner=editor, title="旧题")
    piece.title = "新题"
    piece.save_revision(user=editor)
    submit(piece, editor)
    assert StoryPage.objects.get(pk=piece.pk).title == "旧题"
    act(piece, reviewer)
    assert StoryPage.objects.get(pk=piece.pk).title == "新题"


def test_the_queue_holds_what_one_may_review_and_nothing_else(line: Line) -> None:
    from wagtail.models import TaskState

    editor = make_user(line.county)
    county, city = make_user(line.county, "reviewer"), make_user(line.city, "reviewer")
    stranger = make_user(line.other_county, "reviewer")
    piece = make_piece(line.county, owner=editor, live=False)
    submit(piece, editor)
    (waiting,) = TaskState.objects.reviewable_by(county)
    assert waiting.workflow_state.object_id == str(piece.pk)
    assert TaskState.objects.reviewable_by(city).count() == 1
    for other in (editor, stranger):
        assert not TaskState.objects.reviewable_by(other).exists()
