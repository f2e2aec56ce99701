"""Data migration of texts: what was stored before texts were sanitized is sanitized in place.

Works on the models of a migration, by tables: a batch of rows at a time, writing only what changes,
and past signals, so that nothing of what follows a save is set off.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Cast
from wagtail.fields import StreamField

from search.sanitizing import sanitize_all
from search.text_fields import Sanitizer, sanitizers

BATCH = 200
#: Stands for a required text of which nothing could be seen.
NOTHING_SEEN = "（未填写）"


def sanitize_stored(apps: Any, *names: str) -> None:
    """Sanitize the rows of the models called `names` (``app.Model``) of a migration's `apps`."""
    for name in names:
        sanitize_rows(apps.get_model(name))


def sanitize_rows(model: type[models.Model]) -> None:
    """Sanitize what stands in the table of `model` itself."""
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    wanted = [(name, each) for name, each in sanitizers(model) if may_change(fields.get(name))]
    if not wanted:
        return
    for row in rows_of(model, [fields[name] for name, _sanitizer in wanted]):
        changed = changes(row, wanted, fields)
        if changed:
            model._base_manager.filter(pk=row["pk"]).update(**changed)


def may_change(field: Any) -> bool:
    """Not what is unique, nor addresses: no validator lets anything invisible into those."""
    return field is not None and not (field.unique or isinstance(field, models.SlugField))


def rows_of(model: type[models.Model], fields: list[Any]) -> Iterator[dict[str, Any]]:
    """Every row, by primary key. A stream is read as the text that the database has: its blocks
    may be damaged."""
    names = [field.attname for field in fields if not isinstance(field, StreamField)]
    streams = {
        f"raw_{field.attname}": Cast(field.attname, models.TextField())
        for field in fields
        if isinstance(field, StreamField)
    }
    rows = model._base_manager.order_by("pk").annotate(**streams).values("pk", *names, *streams)
    batch = list(rows[:BATCH])
    while batch:
        yield from batch
        batch = list(rows.filter(pk__gt=batch[-1]["pk"])[:BATCH])


def changes(
    row: dict[str, Any], wanted: list[tuple[str, Sanitizer]], fields: dict[str, Any]
) -> dict[str, Any]:
    """What is to be written of `row`."""
    changed = {}
    for name, sanitizer in wanted:
        if isinstance(fields[name], StreamField):
            before = json.loads(row[f"raw_{name}"] or "null")
            after = sanitize_all(before)
        else:
            before = row[name]
            after = sanitizer(before) if before else before
        if after != before:
            changed[name] = after or nothing(fields[name])
    return changed


def nothing(field: Any) -> Any:
    if isinstance(field, models.CharField | models.TextField) and not field.blank:
        return NOTHING_SEEN[: field.max_length]
    return field.get_default() if isinstance(field, models.JSONField) else ""
