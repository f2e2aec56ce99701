"""Pieces that are there are listed by their date, but no later than they became public."""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Least, TruncDate

BATCH = 1000


def day_listed(pages: Any) -> Any:
    """The date of a piece, but no later than the day on which its row in `pages` became public."""
    published = pages.filter(pk=OuterRef("pk")).values(day=TruncDate("first_published_at"))
    return Least("date", Coalesce(Subquery(published), F("date")))


def fill(apps: Any, schema_editor: Any) -> None:
    pieces = apps.get_model("stories", "ContentPage").objects
    listed_on = day_listed(apps.get_model("wagtailcore", "Page").objects)
    empty = pieces.filter(listed_on=None).order_by("pk").values_list("pk", flat=True)
    while keys := list(empty[:BATCH]):
        pieces.filter(pk__in=keys).update(listed_on=listed_on)


class Migration(migrations.Migration):
    #: Each batch is a transaction of its own: nobody waits for the whole.
    atomic = False

    dependencies = [
        ("stories", "0007_listed_on"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
