from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.timezone import now


class PendingChange(models.Model):
    """An object that a search engine does not know as it is now, as it was down when it changed.

    :ivar model: label of the model, "app.Model".
    :ivar since: when it last changed so.
    """

    backend = models.CharField(max_length=200)
    model = models.CharField(max_length=200)
    object_id = models.CharField(max_length=255)
    since = models.DateTimeField(default=now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(
                fields=["backend", "model", "object_id"], name="one_pending_change_of_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


class EngineOutage(models.Model):
    """A search engine that does not answer, or not for all; the row goes when it does again.

    :ivar missing: the names of the indexes that it lacks; empty where it does not answer at all.
    """

    backend = models.CharField(max_length=200, unique=True)
    missing = models.TextField(default="")
    since = models.DateTimeField(default=now)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return self.backend
