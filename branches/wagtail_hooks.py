"""What we hang into Wagtail's admin. The logic is in `branches.admin`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver
from django.utils.html import format_html
from wagtail import hooks

from branches import admin_api, admin_pages, admin_scope
from branches.admin import bulk_actions, dashboard, edit_screen, history, menu, urls
from branches.admin.offline import TakeOfflineButton

hooks.register("register_admin_viewset", admin_pages.ScopedPageViewSet, order=1)
hooks.register("construct_admin_api", admin_api.narrow, order=1)
hooks.register("construct_page_chooser_queryset", admin_scope.choosable_pages)

hooks.register("construct_homepage_panels", dashboard.panels)
hooks.register("construct_main_menu", menu.without_administration)
hooks.register("construct_page_action_menu", edit_screen.arrange)
hooks.register("register_log_actions", history.register)
hooks.register("before_edit_page", edit_screen.before_editing)
hooks.register("after_create_page", edit_screen.after_saving)
hooks.register("after_edit_page", edit_screen.after_saving)
hooks.register("register_bulk_action", bulk_actions.Move, order=1)
hooks.register("after_bulk_action", bulk_actions.after)

hooks.register("register_admin_menu_item", menu.desk_item)
hooks.register("register_admin_menu_item", menu.review_item)
hooks.register("register_admin_menu_item", menu.branches_item)
hooks.register("register_admin_menu_item", menu.members_item)


@hooks.register("register_admin_urls")
def own_urls() -> list[URLPattern | URLResolver]:
    return urls.patterns()


@hooks.register("insert_global_admin_css")
def own_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("branches/admin/desk.css"))


@hooks.register("insert_global_admin_js")
def dates_as_typed() -> str:
    return format_html('<script src="{}"></script>', static("branches/admin/dates.js"))


@hooks.register("insert_editor_js")
def error_summary() -> str:
    return format_html(
        '<script src="{}" defer></script>', static("branches/admin/error_summary.js")
    )


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: Any, items: list[Any]) -> None:
    """The numbers of all pages, pictures and documents help nobody."""
    items.clear()


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offline_button(page: Any, user: Any, **kwargs: Any) -> Iterator[TakeOfflineButton]:
    yield TakeOfflineButton(page=page, priority=45)
