from __future__ import annotations

from typing import Any

from django.forms import RadioSelect, Textarea
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet

from search.admin import menu, views
from search.models import DictionaryEntry


class DictionaryViewSet(ModelViewSet):
    """搜索 › 词典: what the province changes in the dictionary that ships."""

    model = DictionaryEntry
    name = "search_dictionary"
    url_prefix = "search/dictionary"
    icon = views.ICON
    menu_label = _("词典")
    menu_name = "dictionary"
    menu_order = 10
    menu_hook = menu.HOOK
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = views.IndexView
    add_view_class = views.CreateView
    edit_view_class = views.EditView
    create_template_name = "search/admin/dictionary_form.html"
    edit_template_name = "search/admin/dictionary_form.html"
    index_results_template_name = "search/admin/dictionary_results.html"
    list_per_page = 50
    list_display = (
        "text",
        "kind",
        "action",
        BooleanColumn("is_active", label=_("启用"), sort_key="is_active"),
        UpdatedAtColumn(accessor="changed_at"),
    )
    list_filter = ("kind", "action", "is_active")
    search_fields = ("text", "note")
    search_backend_name = None
    panels = (
        FieldPanel("kind", widget=RadioSelect),
        FieldPanel("text", widget=Textarea(attrs={"rows": 3})),
        FieldPanel("action", widget=RadioSelect),
        FieldPanel("note"),
        FieldPanel("is_active"),
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing uses an entry, so no screen shows where."""
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        stock = [each for each in super().get_urlpatterns() if each.name != "usage"]
        return [
            *stock,
            path("try/", views.try_page, name="try"),
            path("shipped/", views.shipped, name="shipped"),
            path("preview/", views.preview, name="preview"),
            path("preview/<int:pk>/", views.preview, name="preview"),
        ]
