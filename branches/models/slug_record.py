from __future__ import annotations

from django.db import models
from wagtail.models import Page

from branches.querysets import SlugRecordQuerySet


class SlugRecord(models.Model):
    """An entry of the slug history: below `parent`, `slug` is the name of `page`, for ever.

    Of every page, also of one that moved away or was deleted: printed codes lead there, and must
    not one day lead to another's text. So there is no constraint that a deletion could follow.
    """

    parent = models.ForeignKey(
        Page, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    slug = models.CharField(max_length=255, db_index=True)
    page = models.ForeignKey(
        Page, on_delete=models.DO_NOTHING, db_constraint=False, related_name="slug_records"
    )
    was_public = models.BooleanField(default=False)

    objects = SlugRecordQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "slug"], name="one_page_for_each_slug")
        ]
