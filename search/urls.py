from __future__ import annotations

from django.urls import path

from search import views, views_click, views_suggest

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="search"),
    path("suggest/", views_suggest.suggestions, name="suggest"),
    path("clicked/", views_click.clicked, name="clicked"),
]
