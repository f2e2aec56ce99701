"""Addresses of the whole site; each app brings its own.

What has no language in its address comes first; the last pattern takes every page.
"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("branches.sign_in_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("api/", include("search.api_urls")),
    path("media/", include("branches.media")),
    path("", include("home.machine_urls")),
    *i18n_patterns(
        path("search/", include("search.urls")),
        path("", include("home.urls")),
        path("", include("stories.urls")),
        path("", include("branches.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
