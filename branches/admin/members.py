"""The screens for members: who works for which branch, new accounts, and leaving."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from branches import members
from branches.accounts import invite, password_link
from branches.admin.member_forms import MemberForm
from branches.admin.screens import DeskRequest, refusing, screen
from branches.models import Branch, Membership, User
from branches.workflow import acting_reviewers
from search.folding import visible

ICON = "group"
LINK = "branches.members.link"


class SearchForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("姓名、用户名或分会"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def trail() -> tuple[tuple[str, str], ...]:
    return ((reverse("branches_members:index"), _("成员")),)


def manager(request: DeskRequest) -> User:
    """The user; PermissionDenied where that is nobody who manages members."""
    if not members.manages_members(request.user):
        raise PermissionDenied(_("成员由市级和省级红十字会的审核员来管理。"))
    return request.user


def managed(user: User) -> QuerySet[Membership]:
    """The memberships of the branches that `user` looks after."""
    found = Membership.objects.filter(branch__in=members.managed_branches(user))
    return found.select_related("user", "branch")


@refusing
def index(request: DeskRequest) -> HttpResponseBase:
    form = SearchForm(request.GET)
    found = managed(manager(request))
    if form.is_valid() and (q := visible(form.cleaned_data["q"]).strip()):
        found = found.filter(
            Q(user__in=members.people_like(q))
            | Q(branch__division__icontains=q)
            | Q(branch__pinyin__contains=f" {q.lower()}")
        )
    return screen(
        request,
        "members.html",
        title=_("成员"),
        icon=ICON,
        form=form,
        memberships=list(found),
        acting=set(acting_reviewers().values_list("pk", flat=True)),
        without=list(without_editor(request.user)),
    )


def without_editor(user: User) -> QuerySet[Branch]:
    """The open branches of `user` for which nobody writes."""
    writing = Membership.objects.filter(role=Membership.Role.EDITOR, user__is_active=True)
    return members.managed_branches(user).open().exclude(memberships__in=writing)


@refusing
@transaction.atomic
def add(request: DeskRequest) -> HttpResponseBase:
    user = manager(request)
    form = MemberForm(user, request.POST or None, initial={"branch": request.GET.get("branch")})
    if request.method == "POST" and form.is_valid():
        membership = form.membership()
        members.join(membership, user)
        said = _("%(who)s已加入%(branch)s，职责是%(role)s。") % members.facts(membership)
        messages.success(request, said)
        if form.is_new_account:
            hand_over(request, membership.user)
        return redirect("branches_members:person", membership.user_id)
    return screen(
        request, "member_form.html", title=_("增加成员"), icon=ICON, trail=trail(), form=form
    )


def hand_over(request: DeskRequest, person: User) -> None:
    """Give `person` a way to set a password: by letter, or on the next screen, once."""
    log(instance=person, action=members.PASSWORD_LINK, user=request.user)
    if person.email:
        invite(person)
        messages.success(request, _("设置密码的邮件已发到%(email)s。") % {"email": person.email})
    else:
        request.session[LINK] = [person.pk, password_link(person)]


@refusing
def person(request: DeskRequest, user_id: int) -> HttpResponseBase:
    """One person: for which of the manager's branches, and what can be done about the account."""
    user = manager(request)
    who = get_object_or_404(User, pk=user_id)
    theirs = list(managed(user).filter(user=who))
    if not theirs and not members.may_manage_account(user, who):
        raise PermissionDenied
    owner, link = request.session.pop(LINK, (None, ""))
    return screen(
        request,
        "member.html",
        title=str(who),
        icon=ICON,
        trail=trail(),
        person=who,
        memberships=theirs,
        may_touch=members.may_touch(user, who),
        may_manage=members.may_manage_account(user, who),
        link=link if owner == who.pk else "",
    )


@refusing
@require_POST
def remove(request: DeskRequest, membership_id: int) -> HttpResponseBase:
    user = manager(request)
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=membership_id)
    members.leave(membership, user)
    said = _("%(who)s不再是%(branch)s的%(role)s。") % members.facts(membership)
    messages.success(request, said)
    return redirect("branches_members:index")


@refusing
@require_POST
def switch(request: DeskRequest, user_id: int) -> HttpResponseBase:
    """Deactivate the account, or activate it again."""
    who = get_object_or_404(User, pk=user_id)
    members.switch_account(who, manager(request))
    said = _("%(who)s的账号已启用。") if who.is_active else _("%(who)s的账号已停用，不能再登录。")
    messages.success(request, said % {"who": who})
    return redirect("branches_members:person", who.pk)


@refusing
@require_POST
@transaction.atomic
def new_password(request: DeskRequest, user_id: int) -> HttpResponseBase:
    """Give somebody who has forgotten the password a link by which to set a new one."""
    who = get_object_or_404(User, pk=user_id)
    members.check_account(manager(request), who)
    hand_over(request, who)
    return redirect("branches_members:person", who.pk)
