"""What waits for a reviewer, and the decision on it.

The rules of who may decide are those of :class:`branches.models.BranchReviewTask`; here is
what a reviewer needs around them: a list, oldest first, and a decision on the very text that
was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Page, TaskState, WorkflowState

from branches.models import Branch, BranchPage, BranchReviewTask
from branches.permissions import Scope, scope_of
from branches.publication_window import PublicationWindow, with_windows
from branches.rounds import with_resubmission
from branches.workflow import authors_by_page, lock_text

if TYPE_CHECKING:
    from branches.models.user import User


class AlreadyDecided(Exception):
    """Somebody else approved or returned the text, or its author took it back."""


class TextChanged(Exception):
    """The text is not the one that the reviewer read."""


@dataclass(frozen=True)
class Waiting:
    """A text at a step of the review.

    :param level: the level of the step at which it waits.
    :param is_my_turn: the step is the reviewer's own; else a branch below looks first.
    """

    state: TaskState
    page: Page
    branch: Branch
    level: Branch.Level
    is_my_turn: bool

    @property
    def kind(self) -> str:
        return str(self.page.specific_class.get_verbose_name())

    @property
    def is_resubmitted(self) -> bool:
        return bool(self.state.is_resubmitted)

    @property
    def window(self) -> PublicationWindow:
        return PublicationWindow.of_latest(self.page)


def waiting_for(user: User) -> list[Waiting]:
    """What `user` may decide now, oldest first. The number of queries is always the same."""
    scope = scope_of(user)
    if not scope.is_reviewer:
        return []
    levels = dict(BranchReviewTask.objects.values_list("pk", "level"))
    states = list(with_resubmission(in_review().filter(task__in=levels)))
    pages = reviewed_pages(scope, states)
    authors = authors_by_page(pages.values())
    branches = branches_of(pages.values())
    return [
        Waiting(
            state=state,
            page=page,
            branch=branches[page.pk],
            level=Branch.Level(level),
            is_my_turn=is_turn_of(scope, page, level),
        )
        for state, level in ((state, levels[state.task_id]) for state in states)
        if (page := pages.get(int(state.workflow_state.object_id)))
        and scope.reviews_page(page, level)
        and user.pk not in authors[page.pk]
    ]


def waiting_in(request: Any) -> list[Waiting]:
    """`waiting_for` the user of `request`, read once for a screen and the menu beside it."""
    if "_waiting" not in vars(request):
        vars(request)["_waiting"] = waiting_for(request.user)
    waiting: list[Waiting] = vars(request)["_waiting"]
    return waiting


def in_review() -> QuerySet[TaskState]:
    """The steps at which texts wait, those that wait longest first."""
    return (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        )
        .select_related("workflow_state__requested_by")
        .order_by("started_at", "pk")
    )


def reviewed_pages(scope: Scope, states: Iterable[TaskState]) -> dict[int, Page]:
    """The pages of `states` that lie within `scope`, by key, in one query."""
    within = Q() if scope.everywhere else Q(pk=None)
    for path, _level in () if scope.everywhere else scope.paths:
        within |= Q(path__startswith=path)
    keys = {int(state.workflow_state.object_id) for state in states}
    return {page.pk: page for page in with_windows(Page.objects.filter(within, pk__in=keys))}


def branches_of(pages: Iterable[Page]) -> dict[int, Branch]:
    """The branch in whose tree each of `pages` stands, by the page's key, in one query."""
    pages = list(pages)
    step = Page.steplen
    paths = {p.path[:end] for p in pages for end in range(step, len(p.path) + 1, step)}
    owners = BranchPage.objects.filter(path__in=paths).select_related("branch")
    by_path = {owner.path: owner.branch for owner in owners}
    return {page.pk: nearest(page.path, by_path) for page in pages}


def nearest(path: str, by_path: dict[str, Branch]) -> Branch:
    while path not in by_path:
        path = path[: -Page.steplen]
    return by_path[path]


def is_turn_of(scope: Scope, page: Page, level: str) -> bool:
    """Whether the step `level` is one of the user's own, rather than of a branch below.

    For an administrator without memberships the province's steps are: who else reads there?
    """
    if any(own == level and page.path.startswith(path) for path, own in scope.paths):
        return True
    return scope.everywhere and level == Branch.Level.PROVINCE


def version_of(page: Page) -> str:
    """Names the text that is under review, which is the latest one.

    Saving a draft again may change a revision in place, so its time is part of the name.
    """
    revision = page.latest_revision
    return f"{revision.pk}-{revision.created_at.timestamp()}"


@transaction.atomic
def decide(state: TaskState, user: User, action: str, *, comment: str, version: str) -> None:
    """Approve (``approve``) or return (``reject``) the text at `state`, as `user` read it.

    `version` is what :func:`version_of` said when the text was shown. AlreadyDecided,
    TextChanged, or PermissionDenied where it cannot be.
    """
    page = lock_text(state.workflow_state.object_id)
    state = TaskState.objects.select_for_update().get(pk=state.pk)
    if not is_waiting(state):
        raise AlreadyDecided
    if version != version_of(page):
        raise TextChanged
    state.task.specific.on_action(state, user, action, comment=comment)


def is_waiting(state: TaskState) -> bool:
    review = state.workflow_state
    return (
        state.status == TaskState.STATUS_IN_PROGRESS
        and review.status == WorkflowState.STATUS_IN_PROGRESS
    )
