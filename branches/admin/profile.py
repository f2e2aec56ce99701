"""The screens on which the reviewers of a branch keep its own data: contacts and services."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Locale

from branches.admin.branch_forms import ProfileForm, ServiceForm, service_forms
from branches.admin.branches import ICON, name, reviewed, trail
from branches.admin.screens import DeskRequest, refusing, screen
from branches.media import update_publicity
from branches.models import Branch, BranchImage, BranchPage


@refusing
@transaction.atomic
def profile(request: DeskRequest, branch_id: int) -> HttpResponseBase:
    """Contacts, logo and officer of the branch."""
    branch = reviewed(request, branch_id)
    former = branch.logo_id
    form = ProfileForm(request.user, request.POST or None, instance=branch)
    if request.method == "POST" and form.is_valid():
        branch = form.save()
        logos = {str(key) for key in (former, branch.logo_id) if key}
        update_publicity(BranchImage, logos)
        log(instance=branch, action="wagtail.edit", user=request.user)
        messages.success(request, _("%(name)s的资料已保存。") % name(branch))
        return redirect("branches_branches:profile", branch.pk)
    title = _("%(name)s的资料") % name(branch)
    return screen(
        request,
        "branch_profile.html",
        title=title,
        icon=ICON,
        trail=trail(),
        form=form,
        branch=branch,
        media=form.media,
        pages=pages_of(branch),
    )


def pages_of(branch: Branch) -> list[BranchPage]:
    return list(BranchPage.objects.filter(branch=branch).select_related("locale"))


@refusing
@transaction.atomic
def services(request: DeskRequest, branch_id: int, language: str) -> HttpResponseBase:
    """What a person can do at the branch, in one language."""
    branch = reviewed(request, branch_id)
    opened = Locale.objects.filter(pk__in=BranchPage.objects.filter(branch=branch).values("locale"))
    locale = get_object_or_404(opened, language_code=language)
    data = request.POST if request.method == "POST" else None
    forms = service_forms(branch, locale, data)
    faults = [form for form in forms if not form.is_valid()]
    if request.method == "POST" and not faults:
        for form in forms:
            keep(form)
        log(instance=branch, action="wagtail.edit", user=request.user)
        messages.success(request, _("%(name)s的服务事项已保存。") % name(branch))
        return redirect("branches_branches:services", branch.pk, language)
    title = _("%(name)s的服务事项") % name(branch)
    return screen(
        request,
        "branch_services.html",
        title=title,
        icon=ICON,
        trail=trail(),
        forms=forms,
        branch=branch,
        locale=locale,
        pages=pages_of(branch),
    )


def keep(form: ServiceForm) -> None:
    """Save the service, or remove it where the form was emptied."""
    if not form.is_left_empty:
        form.save()
    elif form.instance.pk:
        form.instance.delete()
