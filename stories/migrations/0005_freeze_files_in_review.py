"""Record the files of what waits already, as :mod:`branches.content_freeze` does from now on.

Read from the stored JSON, since a migration has no page types to ask. The reverse forgets nothing
that the tables, which go with their own migration, do not forget.
"""

import json
import re

from django.db import migrations
from django.db.models import Q

LINK = re.compile(r'<a\b[^>]*\blinktype="document"[^>]*>')
NUMBER = re.compile(r'\bid="(\d+)')
LARGEST_KEY = 2**31 - 1
FIELDS = {"image": "images", "poster": "images", "document": "documents", "file": "documents"}


def freeze_files(apps, schema_editor):
    waiting = apps.get_model("wagtailcore", "Revision").objects.filter(
        Q(task_states__status="in_progress") | Q(approved_go_live_at__isnull=False)
    )
    models = {
        "images": apps.get_model("branches", "BranchImage"),
        "documents": apps.get_model("branches", "BranchDocument"),
    }
    for revision in waiting.distinct().iterator(chunk_size=100):
        found = {"images": set(), "documents": set()}
        collect(revision.content, found)
        for name, model in models.items():
            keys = [key for key in found[name] if 0 < key <= LARGEST_KEY]
            for file in model.objects.filter(pk__in=keys):
                file.submitted_in.add(revision)


def collect(content, found):
    """Put into `found` the keys of all files in the stored fields `content` of a page."""
    if isinstance(content.get("lead_image"), int):
        found["images"].add(content["lead_image"])
    for name in ("body", "questions"):
        text = content.get(name) or "[]"
        try:
            blocks = json.loads(text) if isinstance(text, str) else text
        except ValueError:
            continue  # a forged draft, which shows nothing
        collect_in_blocks(blocks, found)


def collect_in_blocks(value, found):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in FIELDS and isinstance(inner, int):
                found[FIELDS[name]].add(inner)
            collect_in_blocks(inner, found)
    elif isinstance(value, list):
        for inner in value:
            collect_in_blocks(inner, found)
    elif isinstance(value, str):
        for link in LINK.findall(value):
            found["documents"].update(int(key[:20]) for key in NUMBER.findall(link))


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0004_table_captions"),
        ("branches", "0004_files_of_submitted_revisions"),
    ]

    operations = [migrations.RunPython(freeze_files, migrations.RunPython.noop)]
