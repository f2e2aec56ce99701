"""Addresses that are the same in every language but for its prefix."""

from __future__ import annotations

from django.urls import path

from home import views

urlpatterns = [
    path("branches/", views.branches, name="branches"),
    path("feed/", views.feed, name="feed"),
]
