from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from branches import workflow
from branches.completeness import faults_of
from branches.models.branch import Branch
from search.sanitizing import is_blank

if TYPE_CHECKING:
    from branches.models.user import User


class BranchReviewTask(Task):
    """A step of the review: by the branch of `level` in the line of the page's branch.

    The step is skipped where the line has no branch of that level (Meihekou reports to the
    province directly), or where nobody of that branch may review the text, because nobody is
    there or because they wrote it. The province's step is never skipped: somebody always reads.
    """

    level = models.CharField(_("级别"), max_length=10, choices=Branch.Level.choices, unique=True)

    admin_form_fields = (*Task.admin_form_fields, "level")
    admin_form_readonly_on_edit_fields = (*Task.admin_form_readonly_on_edit_fields, "level")

    class Meta:
        verbose_name = _("沿组织线审核")
        verbose_name_plural = _("沿组织线审核")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Begin the step, or skip it. At the first step of a round `user` is who submits.

        (That need not be who submitted the text before it was returned.)
        """
        if workflow_state.current_task_state is None and user is not None:
            workflow_state.requested_by = user
        state = super().start(workflow_state, user=user)
        if workflow.nobody_can_review(workflow_state.content_object, self.level):
            state.status = TaskState.STATUS_SKIPPED
            state.save(update_fields=["status"])
        return state

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        return workflow.may_review(user, obj, self.level)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not workflow.is_reviewer(user, obj, self.level)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        if not workflow.may_review(user, obj, self.level):
            return []
        return [("approve", _("采用"), False), ("reject", _("退回"), True)]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Approve or return. PermissionDenied for everybody whom `get_actions` offers nothing.

        What is decided on is the text as it is now, whichever it was when the step began, and
        the decision is kept with that revision. A return needs a comment: who wrote the text
        must know what to mend. What lacks something, or has expired in the queue, is not
        approved. Who may also review for the branches above approves for them in the same act.
        Where two act at once, the second finds the step decided, and is refused.
        """
        task_state = workflow.lock_waiting(task_state)
        page = task_state.workflow_state.content_object
        if not workflow.may_review(user, page, self.level):
            raise PermissionDenied
        if action_name == "reject" and is_blank(kwargs.get("comment", "")):
            raise PermissionDenied(_("退回时请写明意见。"))
        if action_name == "approve" and faults_of(page.get_latest_revision_as_object()):
            raise PermissionDenied(_("这篇稿件还缺东西，或者时间已经过了，不能采用。"))
        task_state.revision = page.latest_revision
        super().on_action(task_state, user, action_name, **kwargs)
        if action_name == "approve":
            workflow.approve_further_steps(task_state.workflow_state, user)

    def get_task_states_user_can_moderate(
        self, user: User, **kwargs: Any
    ) -> models.QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.filter(pk__in=workflow.reviewable_ids(user, waiting, self.level))

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("由稿件所属分会、市级、省级的审核员逐级审核；没有人能审的一级自动跳到上一级。")
        )
