"""The reviewer's screens: what waits, one piece with its decision, and how it will look."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page, Revision, TaskState
from wagtail.utils.decorators import xframe_options_sameorigin_override

from branches import media, offline, review_queue
from branches.admin.screens import DeskRequest, refusing, screen
from branches.completeness import faults_of
from branches.decisions import recent_decisions
from branches.error_summary import Fault
from branches.models import Branch, BranchImage
from branches.permissions import scope_of
from branches.publication_window import PublicationWindow, standing
from branches.rounds import rounds_of
from branches.workflow import authors_of, is_reviewer, may_review


class DecisionForm(forms.Form):
    """What the reviewer says. `version` names the text that was shown.

    :ivar faults: why the text cannot be approved.
    """

    faults: Sequence[Fault] = ()

    version = forms.CharField(widget=forms.HiddenInput)
    action = forms.ChoiceField(choices=[("approve", ""), ("reject", "")])
    comment = forms.CharField(
        label=gettext_lazy("意见"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("退回时必须写：请作者改什么。采用时可以不写。"),
    )

    def clean(self) -> dict[str, str]:
        data = super().clean() or {}
        if data.get("action") == "reject" and not data.get("comment", "").strip():
            self.add_error("comment", _("请写明退回的意见，作者才知道要改什么。"))
        if data.get("action") == "approve" and self.faults:
            self.add_error("action", _("现在不能采用，请退回。"))
        return data


@refusing
def queue(request: DeskRequest) -> HttpResponse:
    """Everything that waits for the user, oldest first; what is the user's own turn on top."""
    if not scope_of(request.user).is_reviewer:
        raise PermissionDenied(_("审核由各级红十字会的审核员来做。"))
    waiting = review_queue.waiting_in(request)
    return screen(
        request,
        "review_queue.html",
        title=_("审核"),
        icon="success",
        mine=[item for item in waiting if item.is_my_turn],
        below=[item for item in waiting if not item.is_my_turn],
        recent=recent_decisions(request.user),
    )


@refusing
def piece(request: DeskRequest, state_id: int) -> HttpResponseBase:
    """One piece as the public will read it, and the decision on it."""
    state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=state_id)
    page = get_object_or_404(Page, pk=state.workflow_state.object_id)
    level = level_of(state)
    if not is_reviewer(request.user, page, level):
        raise PermissionDenied
    if not review_queue.is_waiting(state):
        return over(request, state, page)
    if not may_review(request.user, page, level):
        raise PermissionDenied(_("自己写过或改过的稿件，要请别人来审核。"))
    form = DecisionForm(request.POST or None, initial={"version": review_queue.version_of(page)})
    form.faults = faults_of(page.get_latest_revision_as_object())
    if request.method == "POST" and form.is_valid():
        return act(request, state, page, form.cleaned_data)
    return show(request, state, page, form)


def level_of(state: TaskState) -> Branch.Level:
    """The level of the step; PermissionDenied where it is no step of ours."""
    level = getattr(state.task.specific, "level", None)
    if level is None:
        raise PermissionDenied
    return Branch.Level(level)


def show(
    request: DeskRequest, state: TaskState, page: Page, form: DecisionForm
) -> HttpResponseBase:
    review = state.workflow_state
    return screen(
        request,
        "review_piece.html",
        title=page.get_admin_display_title(),
        icon="success",
        trail=((reverse("branches_review:queue"), _("审核")),),
        state=state,
        page=page,
        kind=page.specific_class.get_verbose_name(),
        branch=review_queue.branches_of([page])[page.pk],
        review=review,
        level=level_of(state),
        writers=writers(page),
        rounds=rounds_of(review),
        offline=offline.reason(page),
        outlook=window_of(page).outlook(replaces=page.live),
        form=form,
        revision_id=page.latest_revision_id,
    )


def window_of(page: Page) -> PublicationWindow:
    """The publication window of the latest text of `page`."""
    return PublicationWindow.of(page.get_latest_revision_as_object())


def writers(page: Page) -> list[object]:
    from django.contrib.auth import get_user_model

    return list(get_user_model().objects.filter(pk__in=authors_of(page)))


def over(request: DeskRequest, state: TaskState, page: Page) -> HttpResponseBase:
    """Somebody was quicker: say who, what and when."""
    return screen(
        request,
        "review_over.html",
        title=page.get_admin_display_title(),
        icon="success",
        trail=((reverse("branches_review:queue"), _("审核")),),
        state=state,
        page=page,
        rounds=rounds_of(state.workflow_state),
        revision_id=page.latest_revision_id,
    )


def act(
    request: DeskRequest, state: TaskState, page: Page, decision: dict[str, str]
) -> HttpResponseBase:
    """Decide, say so, and go on to what waits next."""
    try:
        review_queue.decide(
            state,
            request.user,
            decision["action"],
            comment=decision["comment"],
            version=decision["version"],
        )
    except review_queue.TextChanged:
        messages.warning(request, _("你打开之后，这篇稿件又改过了。请看过新的内容再决定。"))
        return redirect("branches_review:piece", state.pk)
    except review_queue.AlreadyDecided:
        return redirect("branches_review:piece", state.pk)
    messages.success(request, outcome(page, decision["action"]))
    if failed := media.failed_pictures(page):
        messages.warning(request, left_out(failed))
    return go_on(request)


def outcome(page: Page, action: str) -> str:
    """What became of `page`, for who decided."""
    title = {"title": page.get_admin_display_title()}
    if action == "reject":
        return _("《%(title)s》已退回，作者会收到你的意见。") % title
    step = page.current_workflow_task
    if step is None:
        seen = {"seen": "".join(standing(Page.objects.get(pk=page.pk)))}
        return _("《%(title)s》已采用，%(seen)s") % (title | seen)
    level = {"level": Branch.Level(step.specific.level).label}
    return _("《%(title)s》已采用，接下来由%(level)s审核。") % (title | level)


def left_out(images: list[BranchImage]) -> str:
    """Which pictures readers do not get to see."""
    titles = {"titles": "、".join(image.title for image in images)}
    return (
        _("有图片没能生成，读者暂时看不到：%(titles)s。网站会自动再试；也可以请作者换一张。")
        % titles
    )


def go_on(request: DeskRequest) -> HttpResponseBase:
    waiting = [item for item in review_queue.waiting_for(request.user) if item.is_my_turn]
    if waiting:
        return redirect("branches_review:piece", waiting[0].state.pk)
    return redirect("branches_review:queue")


@refusing
@xframe_options_sameorigin_override
def preview(request: DeskRequest, state_id: int, revision_id: int) -> HttpResponseBase:
    """The text of the revision, as the public will read it."""
    state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=state_id)
    page = get_object_or_404(Page, pk=state.workflow_state.object_id)
    if not is_reviewer(request.user, page, level_of(state)):
        raise PermissionDenied
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    text = get_object_or_404(revisions, pk=revision_id).as_object()
    return text.make_preview_request(request, text.default_preview_mode)
