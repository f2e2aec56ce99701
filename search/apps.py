from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Chinese full-text search over any indexed model; it knows no page type."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("搜索")

    def ready(self) -> None:
        from django.core.signals import request_finished

        import search.checks  # noqa: F401
        from search import following, once, statistics, suggestions, text_fields
        from search.dictionary import stored

        text_fields.watch(self)
        once.connect()
        stored.connect()
        following.connect()
        suggestions.register(statistics.SOURCE)
        request_finished.connect(statistics.write_when_due)
