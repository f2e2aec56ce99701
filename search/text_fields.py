"""Text sanitization of models: what is saved holds nothing that nobody sees, whatever its door.

Forms, imports, the API and code all end at a model, so it happens there: in validation, where a
required text of nothing visible is refused, and once more before anything is written, for who
does not validate.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.apps import AppConfig
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import pre_save
from wagtail.fields import RichTextField, StreamField

from search.sanitizing import (
    is_blank,
    one_line,
    sanitize,
    sanitize_all,
    sanitize_html,
    unbroken,
)

Sanitizer = Callable[[Any], Any]


class Sanitized:
    """Mixin of a model whose texts are sanitized before they are validated."""

    def clean_fields(self, *args: Any, **kwargs: Any) -> None:
        sanitize_fields(self)
        super().clean_fields(*args, **kwargs)  # type: ignore[misc]  # the model's


def watch(config: AppConfig) -> None:
    """Sanitize what is saved of the models of the app `config`."""
    for model in config.get_models():
        pre_save.connect(sanitize_saved, sender=model, dispatch_uid=f"sanitize {model._meta.label}")


def sanitize_saved(instance: models.Model, **kwargs: Any) -> None:
    sanitize_fields(instance)


def sanitize_fields(instance: Any) -> None:
    """Sanitize every text of `instance` that is loaded."""
    model: type[models.Model] = type(instance)
    for name, sanitizer in sanitizers(model):
        value = instance.__dict__.get(name)
        if value:
            sanitized = sanitizer(value)
            if sanitized != value:
                setattr(instance, name, sanitized)


@cache
def sanitizers(model: type[models.Model]) -> tuple[tuple[str, Sanitizer], ...]:
    """The fields of `model` that hold text, each with what sanitizes it."""
    return tuple(_sanitizers(model))


def _sanitizers(model: type[models.Model]) -> Iterator[tuple[str, Sanitizer]]:
    for field in model._meta.concrete_fields:
        match field:
            case StreamField():
                yield field.attname, _of_stream(field)
            case RichTextField():
                yield field.attname, _of_text(sanitize_html)
            case models.TextField():
                yield field.attname, _of_text(sanitize)
            case models.CharField() if not field.primary_key:
                yield field.attname, _of_text(one_line if field.editable else unbroken)
            case models.JSONField():
                yield field.attname, sanitize_json


def _of_text(sanitizer: Callable[[str], str]) -> Sanitizer:
    """What is no text (an expression of the database) stays as it is."""

    def sanitized(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return "" if is_blank(value) else sanitizer(value)

    return sanitized


def _of_stream(field: Any) -> Sanitizer:
    def sanitized(value: Any) -> Any:
        raw = field.get_prep_value(value)
        clean = sanitize_all(raw)
        return value if clean == raw else field.to_python(clean)

    return sanitized


def sanitize_json(value: Any) -> Any:
    """As `sanitize_all`, also in texts that are JSON themselves: as the streams of a revision."""
    match value:
        case dict():
            return {sanitize(str(key)): sanitize_json(each) for key, each in value.items()}
        case list():
            return [sanitize_json(each) for each in value]
        case str() if value[:1] in ("[", "{"):
            return _json_within(value)
    return sanitize_all(value)


def _json_within(text: str) -> str:
    try:
        held = json.loads(text)
    except ValueError:
        return sanitize(text)
    clean = sanitize_json(held)
    return text if clean == held else json.dumps(clean, cls=DjangoJSONEncoder)
