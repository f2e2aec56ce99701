from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from stories.links import LightDocumentLinkHandler, LightPageLinkHandler


@hooks.register("register_rich_text_features", order=1000)
def register_links(features: FeatureRegistry) -> None:
    """In place of Wagtail's handlers, which are registered before."""
    features.register_link_type(LightPageLinkHandler)
    features.register_link_type(LightDocumentLinkHandler)


@hooks.register("insert_editor_js")
def paste_tables() -> str:
    """Tables that are pasted into a text become lines; for a real one there is a block."""
    told = _("粘贴的表格已改成一行一行的文字。要保留成表格，请加一块“表格”，再粘贴到格子里。")
    address = static("stories/admin/paste.js")
    return format_html('<script src="{}" data-told="{}"></script>', address, told)
