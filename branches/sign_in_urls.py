"""Addresses of signing in that take the place of Wagtail's: to be included before them."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from branches.admin.password_reset import PasswordResetView

urlpatterns: list[URLPattern] = [
    path("password_reset/", never_cache(PasswordResetView.as_view())),
]
