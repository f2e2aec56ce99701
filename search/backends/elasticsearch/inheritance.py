"""Models that inherit with tables of their own (`Restaurant(Place)`): an object has a row, and the
same key, in each of them, but one document, as what it is at last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from modelsearch.index import get_indexed_models


def as_they_are(model: type[Model], objs: Sequence[Any]) -> list[Any]:
    """`objs` of `model`, each as an instance of the lowest indexed model that it belongs to."""
    found = {obj.pk: obj for obj in objs}
    for below in indexed_below(model):
        for obj in below.get_indexed_objects().filter(pk__in=[obj.pk for obj in objs]):
            found[obj.pk] = obj
    return list(found.values())


def indexed_below(model: type[Model]) -> list[Any]:
    """The indexed models with tables of their own that inherit from `model`, the lowest last."""
    below = [
        each
        for each in get_indexed_models()
        if issubclass(each, model) and each._meta.concrete_model is not model._meta.concrete_model
    ]
    return sorted(below, key=lambda each: len(each._meta.get_parent_list()))
