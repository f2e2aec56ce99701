"""Review rounds: a text is submitted, returned or taken back, and comes again.

A decision holds for the revision that was read, so what was decided in an earlier round, or
before somebody changed the text, is told as being of an older version. Told are the rounds since
the text was approved last: each change to what is public is a matter of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import TaskState, WorkflowState

if TYPE_CHECKING:
    from branches.models import User

ENDS = (TaskState.STATUS_REJECTED, TaskState.STATUS_CANCELLED)
DECIDED = (TaskState.STATUS_APPROVED, *ENDS)


@dataclass(frozen=True)
class Rounds:
    """The rounds of the text in `review`, up to it.

    :param states: their steps in order, those that were skipped as well.
    :param first_submitted_at: when the first of the rounds began.
    :param submitted_at: when the present one did, or, after a return, the last one.
    """

    review: WorkflowState
    states: list[TaskState]
    first_submitted_at: datetime
    submitted_at: datetime

    @property
    def is_resubmitted(self) -> bool:
        return self.submitted_at != self.first_submitted_at

    @property
    def decisions(self) -> list[TaskState]:
        return [state for state in self.states if state.status in DECIDED]

    @property
    def last_return(self) -> TaskState | None:
        """The return after which the author changed what is to be read now."""
        returned = [s for s in self.states if s.status == TaskState.STATUS_REJECTED]
        return returned[-1] if returned else None


def rounds_of(review: WorkflowState) -> Rounds:
    """The rounds up to `review`, in two queries."""
    reviews = reviews_of_text(review)
    states = TaskState.objects.filter(workflow_state__in=reviews).order_by("pk")
    states = states.select_related("task", "finished_by", "revision", "workflow_state")
    found = list(states.defer("revision__content"))
    begun = beginnings(found)
    return Rounds(
        review,
        found,
        first_submitted_at=begun[0] if begun else review.created_at,
        submitted_at=begun[-1] if begun else review.created_at,
    )


def reviews_of_text(review: WorkflowState) -> list[WorkflowState]:
    """The reviews of the same page since one was approved, up to `review`."""
    found: list[WorkflowState] = []
    upto = WorkflowState.objects.filter(
        base_content_type=review.base_content_type_id,
        object_id=review.object_id,
        pk__lte=review.pk,
    )
    for each in upto.order_by("pk"):
        if found and found[-1].status == WorkflowState.STATUS_APPROVED:
            found.clear()
        found.append(each)
    return found


def beginnings(states: Iterable[TaskState]) -> list[datetime]:
    """When each round among `states`, the steps in order, began: with the step that came after
    a return, or that is the first one of a review."""
    found = []
    last: TaskState | None = None
    for state in states:
        is_new_review = last is None or last.workflow_state_id != state.workflow_state_id
        if is_new_review or (last and last.status == TaskState.STATUS_REJECTED):
            found.append(state.started_at)
        last = state
    return found


def with_resubmission(waiting: QuerySet[TaskState]) -> QuerySet[TaskState]:
    """`waiting` with `is_resubmitted`, as in `Rounds`, told within the same query."""
    same_page = {
        "workflow_state__base_content_type": OuterRef("workflow_state__base_content_type"),
        "workflow_state__object_id": OuterRef("workflow_state__object_id"),
    }
    approved = WorkflowState.objects.filter(
        base_content_type=OuterRef("workflow_state__base_content_type"),
        object_id=OuterRef("workflow_state__object_id"),
        status=WorkflowState.STATUS_APPROVED,
    ).order_by("-pk")
    ended = TaskState.objects.filter(
        **same_page, status__in=ENDS, workflow_state__gt=OuterRef("last_approved")
    )
    latest = Coalesce(Subquery(approved.values("pk")[:1]), 0)
    return waiting.annotate(last_approved=latest).annotate(is_resubmitted=Exists(ended))


def approvers_of_returned(review: WorkflowState) -> set[User]:
    """Who approved at a lower step of the round that ended with the return of `review`."""
    approvers: set[User] = set()
    fresh: set[User] = set()
    for state in review.task_states.select_related("finished_by").order_by("pk"):
        if state.status == TaskState.STATUS_APPROVED and state.finished_by:
            fresh.add(state.finished_by)
        elif state.status == TaskState.STATUS_REJECTED:
            approvers, fresh = fresh - {state.finished_by}, set()
    return approvers
