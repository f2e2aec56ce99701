"""Addresses of pages. The first name is Wagtail's, which builds page addresses by it."""

from __future__ import annotations

from django.urls import re_path

from branches.views import add_slash, serve

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
    re_path(r"^((?:[\w\-]+/)*[\w\-]+)$", add_slash, name="page_without_slash"),
]
