"""Addresses of pages. The name is Wagtail's, which builds page addresses by it."""

from __future__ import annotations

from django.urls import re_path

from branches.views import serve

urlpatterns = [re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve")]
