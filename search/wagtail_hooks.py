"""What we hang into Wagtail's admin. The logic is in `search.admin`."""

from __future__ import annotations

from wagtail import hooks

from search.admin import menu
from search.viewsets import DictionaryViewSet

hooks.register("register_admin_viewset", DictionaryViewSet)
hooks.register("register_admin_menu_item", menu.search_item)
