from __future__ import annotations

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Demonstration content, for one's own machine and for tests: not installed in production."""

    name = "sample"
    default_auto_field = "django.db.models.BigAutoField"
