"""Entries of the dictionary without what nobody sees."""

from django.db import migrations

from search.stored_texts import sanitize_stored


def sanitize(apps, schema_editor):
    sanitize_stored(apps, "search.DictionaryEntry")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_versions_are_given")]
    operations = [migrations.RunPython(sanitize, migrations.RunPython.noop)]
