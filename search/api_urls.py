"""Addresses for programs, once for all languages."""

from __future__ import annotations

from django.urls import path

from search import views_api

app_name = "search_api"
urlpatterns = [
    path("", views_api.index, name="index"),
    path("search/", views_api.search, name="search"),
]
