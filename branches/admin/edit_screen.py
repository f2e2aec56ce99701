"""The actions under the editing form, and what is said after a submission."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PageLockedMenuItem,
    SaveDraftMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.models import Page, WorkflowState

from branches import offline
from branches.admin.screens import DeskRequest
from branches.admin.withdraw import may_withdraw
from branches.models import Branch
from branches.publication_window import PublicationWindow
from branches.workflow import may_review, reviewers_of_step, send_on_soon

#: What of Wagtail's menu stays as it is. (Publishing, unpublishing and deciding do not: a text
#: is decided on its own screen, where it is read first.)
KEPT = (SaveDraftMenuItem, PageLockedMenuItem)


class Submit(SubmitForModerationMenuItem):
    classname = "desk-submit"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        review = page.current_workflow_state if page else None
        returned = review and review.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("再次提交审核") if returned else _("提交审核")
        return context


class Withdraw(CancelWorkflowMenuItem):
    label = gettext_lazy("撤回")
    icon_name = "arrow-left"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        review = page.current_workflow_state if page else None
        return (
            context["view"] == "edit"
            and review is not None
            and review.status == WorkflowState.STATUS_IN_PROGRESS
            and may_withdraw(context["request"].user, review, page)
        )


class GoToReview(ActionMenuItem):
    """Leads the reviewer to the screen on which the piece is decided."""

    name = "action-go-to-review"
    label = gettext_lazy("去审核")
    icon_name = "success"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        task = page.current_workflow_task if page else None
        level = getattr(task, "level", None)
        return level is not None and may_review(context["request"].user, page, level)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        state = parent_context["page"].current_workflow_task_state
        return reverse("branches_review:piece", args=(state.pk,))


def arrange(items: list[ActionMenuItem], request: DeskRequest, context: dict[str, Any]) -> None:
    """Leave in the menu of the editing form what an officer needs, in plain words."""
    ours = (Submit(), Withdraw(), GoToReview())
    kept = [item for item in items if isinstance(item, KEPT)]
    items[:] = [*kept, *(item for item in ours if item.is_shown(context | {"request": request}))]


def before_editing(request: DeskRequest, page: Page) -> None:
    """Show who opens a text why it came back or is offline, and when the public will read it."""
    if request.method != "GET":
        return
    review = page.current_workflow_state
    if not page.approved_schedule and (coming := what_is_to_come(page)):
        messages.info(request, coming)
    if review and review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        step = review.current_task_state
        returned = {
            "who": step.finished_by or _("已删除的账号"),
            "when": f"{timezone.localtime(step.finished_at):%Y-%m-%d %H:%M}",
            "comment": step.comment,
        }
        messages.warning(request, _("%(who)s 于 %(when)s 退回了这篇稿件：%(comment)s") % returned)
    if why := offline.reason(page):
        messages.warning(request, _("读者现在看不到这篇稿件。%(why)s") % {"why": why})


def what_is_to_come(page: Page) -> str:
    """What an approval of `page`, as it is written now, leads to; or why there can be none."""
    window = PublicationWindow.of(page)
    if page.expired and window.is_over:
        return _("这篇稿件到期了，读者看不到。要再公开，请改“到期下线”的时间或者清空，再提交审核。")
    if faults := window.faults():
        return "".join(faults.values())
    outlook = window.outlook(replaces=page.live)
    if not outlook or (page.live and not page.has_unpublished_changes):
        return ""
    return _("审核通过以后：%(told)s") % {"told": "".join(outlook)}


def after_saving(request: DeskRequest, page: Page) -> HttpResponseBase | None:
    """After a submission: say who reviews next, and go back to the start.

    Who changes a text under review is one of its authors now, so its step may wait for nobody.
    """
    if page.workflow_in_progress:
        send_on_soon()
    if not request.POST.get("action-submit"):
        return None
    page = Page.objects.get(pk=page.pk)
    review = page.current_workflow_state
    if review is None or review.status != WorkflowState.STATUS_IN_PROGRESS:
        return None
    list(get_messages(request))  # reading them away: Wagtail's own says less
    coming = what_is_to_come(page.get_latest_revision_as_object())
    messages.success(request, submitted(page, review) + coming)
    return redirect("wagtailadmin_home")


def submitted(page: Page, review: WorkflowState) -> str:
    """That `page` was submitted, and who reviews it next."""
    step = review.current_task_state.task.specific
    title = page.get_admin_display_title()
    branch = Branch.objects.filter(level=step.level, pages__in=page.get_ancestors()).first()
    names = "、".join(str(person) for person in reviewers_of_step(page, step.level))
    who = {"title": title, "branch": branch.local_name if branch else "", "names": names}
    if names:
        return _("《%(title)s》已提交，接下来由%(branch)s的%(names)s审核。") % who
    return _("《%(title)s》已提交，接下来由%(branch)s审核。") % who
