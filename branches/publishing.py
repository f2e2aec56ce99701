"""The one place that publishes, and what keeps back what has expired meanwhile.

Wagtail imports what ``WAGTAIL_FINISH_WORKFLOW_ACTION`` names while its own models load, so
nothing of Wagtail or of the apps is imported at the top of this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from branches.models import User

#: What the log calls it that an expired revision was not published.
KEPT_BACK = "branches.publish.kept_back"


def publish_approved(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the revision that was approved last; `user` is who approved it.

    Nobody holds the right to publish, so permission checks are skipped, here and only here. A
    revision with a date in the future is scheduled instead.
    """
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)


def keep_back(revision: Revision, user: User | None = None) -> None:
    """Leave `revision` unpublished for good: it has expired before its hour came.

    It stays the page's latest draft, and the log says why nothing happened.
    """
    from wagtail.log_actions import log
    from wagtail.models import Page

    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    Page.objects.filter(pk=revision.object_id, live=False).update(expired=True)
    log(instance=revision.as_object(), action=KEPT_BACK, user=user, revision=revision)
