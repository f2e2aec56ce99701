"""Taking a submission back, by who submitted or wrote it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page, WorkflowState

from branches.admin.screens import DeskRequest, refusing


@refusing
@require_POST
@transaction.atomic
def withdraw(request: DeskRequest, page_id: int) -> HttpResponseBase:
    """End the review of the page, which becomes a draft again, and open it."""
    page = get_object_or_404(Page.objects.select_for_update(), pk=page_id)
    review = page.current_workflow_state
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if review is None:
        messages.warning(request, _("这篇稿件不在审核中，可能刚刚审完。"))
        return redirect("wagtailadmin_home")
    if not may_withdraw(request.user, review, page):
        raise PermissionDenied(_("谁提交的稿件，由谁撤回。"))
    review.cancel(user=request.user)
    title = {"title": page.get_admin_display_title()}
    messages.success(request, _("《%(title)s》已撤回，可以继续修改。") % title)
    return redirect("wagtailadmin_pages:edit", page.pk)


def may_withdraw(user: object, review: WorkflowState, page: Page) -> bool:
    return user in (review.requested_by, page.owner)
