"""The menu: what the person at the desk needs, and nothing that would refuse them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from branches.admin.screens import DeskRequest
from branches.members import manages_members
from branches.permissions import scope_of
from branches.review_queue import waiting_in

#: Entries of Wagtail's that only administrators are shown.
FOR_ADMINISTRATORS = {"reports", "settings", "help", "snippets", "redirects", "translations"}


class ReviewMenuItem(MenuItem):
    """审核, with the number of pieces whose turn it is."""

    def is_shown(self, request: DeskRequest) -> bool:
        return scope_of(request.user).is_reviewer

    def render_component(self, request: DeskRequest) -> LinkMenuItem:
        number = sum(item.is_my_turn for item in waiting_in(request))
        label = _("审核（%(number)s）") % {"number": number} if number else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


class BranchesMenuItem(MenuItem):
    def is_shown(self, request: DeskRequest) -> bool:
        return scope_of(request.user).is_reviewer


class MembersMenuItem(MenuItem):
    def is_shown(self, request: DeskRequest) -> bool:
        return manages_members(request.user)


def desk_item() -> MenuItem:
    address = reverse("wagtailadmin_home")
    return MenuItem(gettext_lazy("我的分会"), address, name="desk", icon_name="home", order=10)


def review_item() -> MenuItem:
    address = reverse("branches_review:queue")
    return ReviewMenuItem(
        gettext_lazy("审核"), address, name="review", icon_name="success", order=50
    )


def branches_item() -> MenuItem:
    address = reverse("branches_branches:index")
    return BranchesMenuItem(
        gettext_lazy("分会"), address, name="branches", icon_name="site", order=510
    )


def members_item() -> MenuItem:
    address = reverse("branches_members:index")
    return MembersMenuItem(
        gettext_lazy("成员"), address, name="members", icon_name="group", order=520
    )


def without_administration(request: DeskRequest, items: list[MenuItem]) -> None:
    """Take out of the menu what only administrators may use."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in FOR_ADMINISTRATORS]
