from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from branches.admin.screens import DeskRequest
from branches.permissions import scope_of


class SiteSettingsMenuItem(MenuItem):
    """For provincial moderators; administrators have it among all settings."""

    def is_shown(self, request: DeskRequest) -> bool:
        return scope_of(request.user).is_provincial and not request.user.is_superuser


@hooks.register("register_admin_menu_item")
def site_settings_item() -> MenuItem:
    address = reverse("wagtailsettings:edit", args=("home", "sitesettings"))
    return SiteSettingsMenuItem(
        _("网站设置"), address, name="site-settings", icon_name="cog", order=530
    )
