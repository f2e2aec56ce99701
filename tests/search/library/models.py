"""Indexed models that refer to others: related fields, fields to many, tags, an inherited table,
keys that are no numbers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from taggit.managers import TaggableManager
from wagtail.search import index


class Author(models.Model):
    name = models.CharField(max_length=50)
    born = models.DateField(null=True)


class Place(models.Model):
    name = models.CharField(max_length=50)


class Publisher(models.Model):
    name = models.CharField(max_length=50)
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")


class Book(index.Indexed, models.Model):
    title = models.CharField(max_length=50)
    published = models.DateField()
    printed = models.DateTimeField(null=True)
    publisher = models.ForeignKey(Publisher, models.CASCADE, null=True, related_name="+")
    authors = models.ManyToManyField(Author, related_name="+")
    readers = models.ManyToManyField(Author, related_name="+")
    tags = TaggableManager(related_name="+")

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("title"),
        index.FilterField("title"),
        index.FilterField("published"),
        index.FilterField("printed"),
        index.FilterField("publisher"),
        index.FilterField("authors"),
        index.FilterField("tags"),
        index.RelatedFields("authors", [index.SearchField("name"), index.FilterField("born")]),
        index.RelatedFields(
            "publisher",
            [
                index.SearchField("name"),
                index.FilterField("name"),
                index.RelatedFields("place", [index.FilterField("name")]),
            ],
        ),
    ]


class Novel(Book):
    setting = models.CharField(max_length=50)

    search_fields: ClassVar[list[index.BaseField]] = [
        *Book.search_fields,
        index.SearchField("setting"),
        index.FilterField("setting"),
    ]


class Leaflet(index.Indexed, models.Model):
    code = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=50)

    search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("title"),
        index.FilterField("code"),
    ]
