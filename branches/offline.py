"""Taking a public text offline: at once, by a reviewer, for a reason that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

if TYPE_CHECKING:
    from branches.models.user import User

LOG_ACTION = "branches.take_offline"


@transaction.atomic
def take_offline(page: Page, user: User, reason: str) -> None:
    """Take `page` off the public site and keep who did it and why.

    PermissionDenied for who may not, see `BranchPagePermissionTester.can_take_offline`, which
    takes the place of Wagtail's own check: that one refuses everybody.
    """
    from branches import mail

    page = Page.objects.select_for_update().get(pk=page.pk).specific
    if not page.permissions_for_user(user).can_take_offline():
        raise PermissionDenied
    UnpublishPageAction(page, user=user, log_action=None).execute(skip_permission_checks=True)
    log(instance=page, action=LOG_ACTION, user=user, data={"reason": reason})
    mail.on_taken_offline(page, user, reason)


def last_reason(page: Page) -> PageLogEntry | None:
    """The entry that says why `page` was taken offline, while it is."""
    if page.live or not page.first_published_at:
        return None
    return PageLogEntry.objects.filter(page=page, action=LOG_ACTION).order_by("timestamp").last()
