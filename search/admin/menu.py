"""搜索 in the menu. Whoever has a screen about searching adds it there with the hook `HOOK`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

HOOK = "register_search_menu_item"

MENU = Menu(register_hook_name=HOOK)


def search_item() -> SubmenuMenuItem:
    """Shown to those who may see one of its screens."""
    return SubmenuMenuItem(_("搜索"), MENU, name="search-screens", icon_name="search", order=530)
