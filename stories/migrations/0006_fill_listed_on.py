"""Pieces that are there are listed by their date, but no later than they became public."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Least, TruncDate

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    pieces = apps.get_model("stories", "ContentPage").objects
    pages = apps.get_model("wagtailcore", "Page").objects
    published = pages.filter(pk=OuterRef("pk")).values(day=TruncDate("first_published_at"))
    empty = pieces.filter(listed_on=None).order_by("pk").values_list("pk", flat=True)
    while keys := list(empty[:BATCH]):
        pieces.filter(pk__in=keys).update(
            listed_on=Least("date", Coalesce(Subquery(published), F("date")))
        )


class Migration(migrations.Migration):
    #: Each batch is a transaction of its own: nobody waits for the whole.
    atomic = False

    dependencies = [
        ("stories", "0005_listed_on"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
