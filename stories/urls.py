from __future__ import annotations

from django.urls import path

from stories import views

urlpatterns = [
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", views.topic_feed, name="topic_feed"),
]
