"""The one place that publishes.

Wagtail imports what ``WAGTAIL_FINISH_WORKFLOW_ACTION`` names while its own models load, so
nothing of Wagtail or of the apps is imported at the top of this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from branches.models import User


def publish_approved(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the revision that was approved last; `user` is who approved it.

    Nobody holds the right to publish, so permission checks are skipped, here and only here. A
    revision with a date in the future is scheduled instead.
    """
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    revision = workflow_state.current_task_state.revision
    PublishPageRevisionAction(revision, user=user).execute(skip_permission_checks=True)
