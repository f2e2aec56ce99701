"""What we hang into Wagtail's admin. The logic is in `search.admin`."""

from __future__ import annotations

from wagtail import hooks

from search import promotions
from search.admin import engines, menu, report
from search.viewsets import DictionaryViewSet

hooks.register("register_admin_viewset", DictionaryViewSet)
hooks.register("register_admin_menu_item", menu.search_item)
hooks.register(menu.HOOK, report.menu_item)
hooks.register("register_admin_urls", report.urls)
if promotions.are_installed():
    from search.admin import picks

    hooks.register(menu.HOOK, picks.menu_item)
    hooks.register("register_admin_urls", picks.urls, order=-1)
    hooks.register("construct_settings_menu", picks.without_stock_screens)
    hooks.register("construct_reports_menu", picks.without_stock_screens)
hooks.register("construct_homepage_panels", engines.panels, order=1000)
