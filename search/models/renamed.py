from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.timezone import now


class Renamed(models.Model):
    """Something was renamed, or moved, that objects of an indexed model are found by, and not all
    of these are indexed anew yet.

    :ivar model: label of the indexed model, "blog.Entry".
    :ivar field: the one by which it refers to what was renamed, "author", or another lookup that
        gives those objects, "path__startswith".
    :ivar value: the primary key of what was renamed, or what else is looked up.
    :ivar done_to: primary key of the last object that is indexed anew; empty before the first.
    """

    model = models.CharField(max_length=200)
    field = models.CharField(max_length=100)
    value = models.CharField(max_length=255)
    done_to = models.CharField(max_length=255, default="")
    since = models.DateTimeField(default=now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(fields=["model", "field", "value"], name="one_renamed_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.field}={self.value}"
