"""Previews of what is being written: of whatever there is so far, and never an error page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView


class ForgivingPreview(PreviewOnEditView):
    """As Wagtail's, for a form that lacks even what every browser sends."""

    def get_form(self, query_dict: QueryDict) -> Any:
        if query_dict and not query_dict.get("title", "").strip():
            query_dict = query_dict.copy()
            query_dict["title"] = ""  # for which Wagtail has a placeholder
        return super().get_form(query_dict)

    def validate_form(self, form: Any) -> bool:
        try:
            return bool(super().validate_form(form))
        except (KeyError, ValueError):  # a list of blocks without its length, or with a wrong one
            form.add_error(None, _("表单没有传完整。"))
            return False


class FirstPreview(ForgivingPreview, PreviewOnCreateView):
    """Before the text was ever saved."""
