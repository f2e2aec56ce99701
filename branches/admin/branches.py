"""The screens for branches: all for provincial moderators, the own data for reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from branches import lifecycle
from branches.admin.branch_forms import BranchForm, ClosingForm, other_languages
from branches.admin.branch_states import states_of_branches
from branches.admin.screens import DeskRequest, refusing, screen
from branches.models import Branch, BranchPage, Membership
from branches.permissions import scope_of
from branches.unfinished import unfinished_of

if TYPE_CHECKING:
    from branches.querysets import BranchQuerySet

PER_PAGE = 100
ICON = "site"


class SearchForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("名称、拼音或代码"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("级别"), required=False, choices=[("", "—"), *Branch.Level.choices]
    )
    status = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("", "—"), *Branch.Status.choices]
    )


def trail() -> tuple[tuple[str, str], ...]:
    return ((reverse("branches_branches:index"), _("分会")),)


def provincial(request: DeskRequest) -> None:
    """PermissionDenied for everybody but provincial moderators and administrators."""
    if not scope_of(request.user).is_provincial:
        raise PermissionDenied(_("增加、修改和撤并分会由省红十字会来做。"))


def reviewed(request: DeskRequest, branch_id: int) -> Branch:
    """The branch; PermissionDenied where the user does not review for it or one above it."""
    branch = get_object_or_404(Branch, pk=branch_id)
    if not scope_of(request.user).reviews_branch(branch):
        raise PermissionDenied(_("只能改本会和下级分会的资料。"))
    return branch


@refusing
def index(request: DeskRequest) -> HttpResponseBase:
    """The branches that the user looks after, with their state."""
    scope = scope_of(request.user)
    if not scope.is_reviewer:
        raise PermissionDenied
    form = SearchForm(request.GET)
    found = search(Branch.objects.within(scope), form).order_by("lineage")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    return screen(
        request,
        "branches.html",
        title=_("分会"),
        icon=ICON,
        form=form,
        page=page,
        states=states_of_branches(page.object_list),
        is_provincial=scope.is_provincial,
    )


def search(branches: BranchQuerySet, form: SearchForm) -> BranchQuerySet:
    if not form.is_valid():
        return branches
    wanted = form.cleaned_data
    if wanted["q"].strip():
        branches = branches.named_like(wanted["q"])
    given = {key: wanted[key] for key in ("level", "status") if wanted[key]}
    return branches.filter(**given)


@refusing
def add(request: DeskRequest) -> HttpResponseBase:
    provincial(request)
    form = BranchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lifecycle.add(form.instance, request.user)
        messages.success(
            request, _("%(name)s已建好，栏目、权限和素材库都有了。") % name(form.instance)
        )
        return redirect("branches_branches:edit", form.instance.pk)
    return screen(
        request, "branch_form.html", title=_("增加分会"), icon=ICON, trail=trail(), form=form
    )


@refusing
def edit(request: DeskRequest, branch_id: int) -> HttpResponseBase:
    provincial(request)
    branch = get_object_or_404(Branch, pk=branch_id)
    form = BranchForm(request.POST or None, instance=branch)
    if request.method == "POST" and form.is_valid():
        lifecycle.change(form.instance, request.user)
        messages.success(
            request, _("%(name)s已修改。网址变了的话，旧网址会转到新网址。") % name(branch)
        )
        return redirect("branches_branches:edit", branch.pk)
    stored = Branch.objects.get(pk=branch.pk)
    return screen(
        request,
        "branch_form.html",
        title=stored.name,
        icon=ICON,
        trail=trail(),
        form=form,
        branch=stored,
        **languages_of(stored),
    )


def languages_of(branch: Branch) -> dict[str, Any]:
    """In which languages `branch` is open, and in which it may be opened."""
    pages = list(BranchPage.objects.filter(branch=branch).select_related("locale"))
    opened = {page.locale.language_code for page in pages}
    return {
        "pages": pages,
        "unopened": [pair for pair in other_languages() if pair[0] not in opened],
    }


@refusing
@require_POST
def open_language(request: DeskRequest, branch_id: int, language: str) -> HttpResponseBase:
    provincial(request)
    branch = get_object_or_404(Branch, pk=branch_id)
    if language not in dict(other_languages()):
        raise PermissionDenied
    lifecycle.open_in_language(branch, language, request.user)
    what = name(branch) | {"language": dict(other_languages())[language]}
    messages.success(request, _("%(name)s的%(language)s网站已开通。") % what)
    return redirect("branches_branches:edit", branch.pk)


@refusing
def close(request: DeskRequest, branch_id: int) -> HttpResponseBase:
    provincial(request)
    branch = get_object_or_404(Branch, pk=branch_id, status=Branch.Status.OPEN)
    form = ClosingForm(branch, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        lifecycle.close(branch, given["successor"], given["closed_on"], request.user)
        messages.success(
            request, _("%(name)s已撤并。稿件照常可以看，编辑不能再写。") % name(branch)
        )
        warn_of_no_editor(request, given["successor"])
        return redirect("branches_branches:index")
    title = _("撤并%(name)s") % name(branch)
    return screen(
        request,
        "branch_close.html",
        title=title,
        icon=ICON,
        trail=trail(),
        form=form,
        branch=branch,
        unfinished=unfinished_of(branch),
    )


def warn_of_no_editor(request: DeskRequest, successor: Branch) -> None:
    """Say so where nobody writes for the branch that takes over the texts."""
    duties = successor.memberships.filter(role=Membership.Role.EDITOR, user__is_active=True)
    if not duties.exists():
        message = _("%(name)s还没有编辑。请先给它增加编辑，退回的稿件和草稿才有人接着改。")
        messages.warning(request, message % name(successor))


@refusing
@require_POST
def reopen(request: DeskRequest, branch_id: int) -> HttpResponseBase:
    provincial(request)
    branch = get_object_or_404(Branch, pk=branch_id)
    lifecycle.reopen(branch, request.user)
    messages.success(request, _("%(name)s重新开放了，原来的编辑又可以写稿。") % name(branch))
    return redirect("branches_branches:edit", branch.pk)


def name(branch: Branch) -> dict[str, str]:
    return {"name": branch.name}
