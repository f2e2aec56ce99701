from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Chinese full-text search over any indexed model; it knows no page type."""

    name = "search"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from search.dictionary import stored

        stored.connect()
