"""Recent decisions of a reviewer, and what became of each text since.

Who approved a text learns here that it was returned further up, or that it came again changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.models import Page, TaskState, WorkflowState

from branches.permissions import scope_of
from branches.review_queue import reviewed_pages

if TYPE_CHECKING:
    from branches.models import User

LENGTH = 10
TAKEN = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


@dataclass(frozen=True)
class Decision:
    """
    :param returned: the return of the text after this decision, if there was one.
    :param review: the latest review of the text: taken back and submitted anew, it is another one.
    """

    state: TaskState
    page: Page
    returned: TaskState | None
    review: WorkflowState

    @property
    def is_approval(self) -> bool:
        return bool(self.state.status == TaskState.STATUS_APPROVED)

    @property
    def came_again(self) -> bool:
        """Whether the author has submitted the text anew after a return."""
        is_waiting = self.review.status == WorkflowState.STATUS_IN_PROGRESS
        is_another = self.review.pk != self.state.workflow_state_id
        return is_waiting and (is_another or self.returned is not None or not self.is_approval)


def recent_decisions(user: User) -> list[Decision]:
    """The latest decisions of `user` on what is still within reach, the newest first.

    The number of queries is always the same.
    """
    taken = TaskState.objects.filter(finished_by=user, status__in=TAKEN)
    related = taken.select_related("task", "workflow_state")
    states = once_for_each_text(related.order_by("-finished_at", "-pk")[: LENGTH * 3])
    pages = reviewed_pages(scope_of(user), states)
    returns, reviews = returns_in(states), latest_reviews(states)
    return [
        Decision(state, page, after(state, returns), reviews[state.workflow_state.object_id])
        for state in states
        if (page := pages.get(int(state.workflow_state.object_id)))
    ]


def once_for_each_text(states: Iterable[TaskState]) -> list[TaskState]:
    """Who may review for several levels decides several steps at once: that is one decision."""
    by_text: dict[tuple[int, int], TaskState] = {}
    for state in states:
        by_text.setdefault((state.workflow_state_id, state.revision_id), state)
    return list(by_text.values())[:LENGTH]


def latest_reviews(states: Iterable[TaskState]) -> dict[str, WorkflowState]:
    """The latest review of the page of each of `states`, by the page's key."""
    keys = {state.workflow_state.object_id for state in states}
    pages = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=keys,
    )
    found = pages.select_related("current_task_state__task").order_by("pk")
    return {review.object_id: review for review in found}


def returns_in(states: Iterable[TaskState]) -> list[TaskState]:
    """The returns in the reviews of `states`, in order."""
    reviews = {state.workflow_state_id for state in states}
    found = TaskState.objects.filter(
        workflow_state__in=reviews, status=TaskState.STATUS_REJECTED
    ).select_related("finished_by")
    return list(found.order_by("pk"))


def after(state: TaskState, returns: Iterable[TaskState]) -> TaskState | None:
    """The first of `returns` that came after `state` in the same review."""
    same = (each for each in returns if each.workflow_state_id == state.workflow_state_id)
    return next((each for each in same if each.pk > state.pk), None)
