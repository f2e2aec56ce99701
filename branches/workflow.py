"""The review along the branch line: who may review what, and which steps are skipped.

A text goes from its own branch to the city to the province; see
:class:`branches.models.BranchReviewTask` for a step, ``docs/features/review.md`` for the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState, WorkflowTask

from branches.models.branch import Branch
from branches.models.membership import Membership
from branches.permissions import RANK, scope_of
from search.side_effects import after_commit

if TYPE_CHECKING:
    from branches.models.user import User

WORKFLOW_NAME = "沿组织线审核"
#: From the lowest step to the highest.
LEVELS = tuple(Branch.Level(level) for level in RANK)


def ensure_workflow() -> Workflow:
    """The workflow with its three steps, made where it is missing."""
    from branches.models.review import BranchReviewTask

    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    for order, level in enumerate(LEVELS):
        task, _created = BranchReviewTask.objects.get_or_create(
            level=level, defaults={"name": f"{level.label}审核"}
        )
        WorkflowTask.objects.get_or_create(
            workflow=workflow, task=task, defaults={"sort_order": order}
        )
    return workflow


def authors_of(page: Page) -> set[int]:
    """Primary keys of those who may not approve the present text of `page`.

    They are who created it, and who changed it since the version that is public.
    """
    return authors_by_page([page])[page.pk]


def authors_by_page(pages: Iterable[Page]) -> dict[int, set[int]]:
    """`authors_of` for each of `pages`, by primary key, in one query."""
    by_id = {str(page.pk): page for page in pages}
    authors = {page.pk: {page.owner_id} - {None} for page in by_id.values()}
    revisions = Revision.page_revisions.filter(object_id__in=by_id).exclude(user=None)
    for pk, object_id, user_id in revisions.values_list("pk", "object_id", "user_id"):
        page = by_id[object_id]
        if pk > (page.live_revision_id or 0):
            authors[page.pk].add(user_id)
    return authors


def is_reviewer(user: User, page: Page, level: str) -> bool:
    """Whether `user` reviews for the branch of `level` in the line of `page`, or above it."""
    return scope_of(user).reviews_page(page, level)


def may_review(user: User, page: Page, level: str) -> bool:
    """Whether `user` may approve or return `page` at `level`: a reviewer, and not an author."""
    return is_reviewer(user, page, level) and user.pk not in authors_of(page)


def acting_reviewers() -> QuerySet[Membership]:
    """Memberships of the reviewers whom a step waits for: those who can act.

    They are active, their branch is open, and they have signed in before. Who is new is waited
    for as long as the invitation is good; who never came by then is no step that nobody takes.
    """
    invited = timezone.now() - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return Membership.objects.filter(
        Q(user__last_login__isnull=False) | Q(created_at__gte=invited),
        role=Membership.Role.REVIEWER,
        user__is_active=True,
        branch__status=Branch.Status.OPEN,
    )


def nobody_can_review(page: Page, level: str) -> bool:
    """Whether the step of `level` is to be skipped. Never so for the province's."""
    return level != Branch.Level.PROVINCE and not reviewers_of_step(page, level).exists()


def reviewers_of_step(page: Page, level: str) -> QuerySet[User]:
    """Those whose turn it is at the step `level` of `page`: the branch's own reviewers.

    (Reviewers above may decide there as well; it is not their turn yet.)
    """
    line = Branch.objects.filter(level=level, pages__in=Page.objects.ancestor_of(page))
    memberships = acting_reviewers().filter(branch__in=line)
    people = get_user_model().objects.filter(memberships__in=memberships)
    return people.exclude(pk__in=authors_of(page)).distinct()


def levels_with_reviewers(pages: Iterable[Page]) -> dict[int, set[str]]:
    """The levels at which a step of each of `pages` has a reviewer, by the page's key.

    The same as `reviewers_of_step` of each, in three queries for all.
    """
    from branches.models.pages import BranchPage

    pages = list(pages)
    authors = authors_by_page(pages)
    acting: defaultdict[int, set[int]] = defaultdict(set)
    for branch, user in acting_reviewers().order_by().values_list("branch", "user"):
        acting[branch].add(user)
    homes = BranchPage.objects.filter(branch__in=acting).order_by()
    staffed = {
        path: (level, acting[branch])
        for path, level, branch in homes.values_list("path", "branch__level", "branch")
    }
    return {page.pk: levels_on(page.path, staffed, authors[page.pk]) for page in pages}


def levels_on(
    path: str, staffed: Mapping[str, tuple[str, set[int]]], authors: set[int]
) -> set[str]:
    """The levels of the branch pages above `path` that have somebody besides `authors`."""
    above = (path[:end] for end in range(Page.steplen, len(path), Page.steplen))
    line = (staffed[step] for step in above if step in staffed)
    return {level for level, people in line if people - authors}


def lock_text(key: int | str) -> Page:
    """The page with `key`, locked until the transaction ends.

    Whoever changes a review locks its text first and its steps after: two who did so the other
    way round would wait for each other.
    """
    return Page.objects.select_for_update().get(pk=key)


def lock_waiting(state: TaskState) -> TaskState:
    """`state`, read anew and locked until the transaction ends.

    PermissionDenied where it does not wait any more.
    """
    lock_text(state.workflow_state.object_id)
    state = TaskState.objects.select_for_update().get(pk=state.pk).specific
    review = state.workflow_state
    if (
        state.status != TaskState.STATUS_IN_PROGRESS
        or review.status != WorkflowState.STATUS_IN_PROGRESS
        or review.current_task_state_id != state.pk
    ):
        raise PermissionDenied
    return state


def approve_further_steps(state: WorkflowState, user: User) -> None:
    """Approve for `user` what comes next as well, as far as `user` reviews for those branches."""
    state.refresh_from_db()
    while state.status == WorkflowState.STATUS_IN_PROGRESS:
        step = state.current_task_state.specific
        if not may_review(user, state.content_object, step.task.specific.level):
            return
        step.approve(user=user)
        state.refresh_from_db()


def reviewable_ids(user: User, waiting: QuerySet[TaskState], level: str) -> list[int]:
    """Those of `waiting` (task states of the step `level`) that `user` may review, as keys."""
    if not scope_of(user).is_reviewer:
        return []
    states = dict(waiting.values_list("pk", "workflow_state__object_id"))
    pages = Page.objects.filter(pk__in=set(states.values()))
    ours = {str(page.pk): page for page in pages if is_reviewer(user, page, level)}
    authors = authors_by_page(ours.values())
    return [
        pk
        for pk, object_id in states.items()
        if object_id in ours and user.pk not in authors[ours[object_id].pk]
    ]


@transaction.atomic
def skip_steps_without_reviewer() -> int:
    """Send on what waits where nobody can review it any more. Returns how many were sent on.

    Needed when a reviewer leaves, or changes a text and so becomes one of its authors.
    """
    return sum(send_on(state) for state in stuck_states())


def stuck_states() -> list[TaskState]:
    """The steps that wait for nobody. The number of queries is always the same."""
    from branches.models.review import BranchReviewTask

    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__workflow__name=WORKFLOW_NAME,
    )
    states = list(waiting.select_related("workflow_state").order_by("pk"))
    if not states:
        return []
    levels = dict(BranchReviewTask.objects.values_list("pk", "level"))
    keys = {int(state.workflow_state.object_id) for state in states}
    staffed = levels_with_reviewers(Page.objects.filter(pk__in=keys))
    return [
        state
        for state in states
        if (level := levels.get(state.task_id, Branch.Level.PROVINCE)) != Branch.Level.PROVINCE
        and level not in staffed.get(int(state.workflow_state.object_id), {level})
    ]


def send_on(state: TaskState) -> bool:
    """Skip the step, unless somebody has decided there meanwhile."""
    try:
        state = lock_waiting(state)
    except PermissionDenied:
        return False
    state.status = TaskState.STATUS_SKIPPED
    state.save(update_fields=["status"])
    state.workflow_state.update()
    return True


def send_on_soon(**kwargs: Any) -> None:
    """Send on what is stuck when the transaction is through. (Where that fails, the clock does.)"""
    after_commit("sending on what is stuck", skip_steps_without_reviewer)
