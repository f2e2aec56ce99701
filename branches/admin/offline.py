"""The screen on which a reviewer takes a public text offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.models import Page

from branches.admin.screens import DeskRequest, refusing, screen
from branches.offline import take_offline

if TYPE_CHECKING:
    from branches.models.user import User


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如：照片里的人不愿意公开。原因会记下来，也会告诉作者。"),
    )


@refusing
def confirm(request: DeskRequest, page_id: int) -> HttpResponseBase:
    """Ask why, then take the page offline at once."""
    page = get_object_or_404(Page, pk=page_id).specific
    permissions = page.permissions_for_user(request.user)
    if not getattr(permissions, "can_take_offline", bool)():
        raise PermissionDenied(_("只有审核员可以把公开的稿件下线。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_offline(page, request.user, form.cleaned_data["reason"])
        title = {"title": page.get_admin_display_title()}
        messages.success(request, _("《%(title)s》已下线，读者现在看不到它了。") % title)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return screen(request, "offline.html", title=_("下线"), icon="view", page=page, form=form)


class TakeOfflineButton(PageMenuItem):
    """Stands in the menus of a page for who may take it offline."""

    label = gettext_lazy("下线")
    icon_name = "download"
    url_name = "branches_offline:confirm"

    def is_shown(self, user: User) -> bool:
        return bool(getattr(self.page.permissions_for_user(user), "can_take_offline", bool)())
