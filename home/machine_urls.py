"""Addresses for machines, once for all languages."""

from __future__ import annotations

from django.urls import path

from home import views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", views.sitemap_part, name="sitemap_part"),
]
