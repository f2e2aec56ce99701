from __future__ import annotations

from typing import ClassVar

from django.db import models


class IndexState(models.Model):
    """How an index was built: by which version of the analysis, and when.

    :ivar backend: its name in WAGTAILSEARCH_BACKENDS, or the path of its class.
    :ivar index: which of the indexes of this backend; some have one for all models.
    """

    backend = models.CharField(max_length=200)
    index = models.CharField(max_length=200, default="default")
    analysis_version = models.PositiveIntegerField()
    built_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints = [
            models.UniqueConstraint(fields=["backend", "index"], name="one_state_of_each_index")
        ]

    def __str__(self) -> str:
        return f"{self.backend}: {self.index}"
