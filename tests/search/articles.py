"""An indexed model of an app that is not installed: any model can be searched."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.search import index


class Article(index.Indexed, models.Model):
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    live = models.BooleanField(default=True)
    year = models.IntegerField(default=2026)
    number = models.IntegerField(null=True)
    secret = models.BooleanField(default=False)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("body"),
        index.FilterField("id"),
        index.FilterField("live"),
        index.FilterField("year"),
        index.FilterField("number"),
    ]

    class Meta:
        app_label = "search_tests"

    def __str__(self) -> str:
        return self.title
