"""Taking a public text offline: at once, by a reviewer, for a reason that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

if TYPE_CHECKING:
    from branches.models.user import User

LOG_ACTION = "branches.take_offline"
EXPIRED = "wagtail.unpublish.scheduled"
#: All by which a text stops being public.
ENDINGS = (LOG_ACTION, EXPIRED, "wagtail.unpublish")


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


def reasons(pages: Iterable[Page]) -> dict[int, str]:
    """Why each of `pages` that was public is offline now, by key, in one query."""
    gone = [page.pk for page in pages if not page.live and page.first_published_at]
    entries = PageLogEntry.objects.filter(page__in=gone, action__in=ENDINGS)
    ordered = entries.select_related("user").order_by("timestamp", "pk")
    return {entry.page_id: explain(entry) for entry in ordered}


def reason(page: Page) -> str:
    """The same for one page; empty where it is public, or never was."""
    return reasons([page]).get(page.pk, "")


def explain(entry: PageLogEntry) -> str:
    """What `entry` says of the end of a publication: by whom, when and why."""
    said = {
        "who": entry.user or _("已删除的账号"),
        "when": f"{timezone.localtime(entry.timestamp):%Y-%m-%d %H:%M}",
        "reason": entry.data.get("reason", ""),
    }
    if entry.action == LOG_ACTION:
        return _("%(who)s 于 %(when)s 下线，原因：%(reason)s") % said
    if entry.action == EXPIRED:
        return _("设定的下线时间到了，%(when)s 自动下线。") % said
    return _("%(when)s 下线。") % said
