"""Entries of the dictionary without what nobody sees."""

from django.db import migrations

from search.stored_texts import sanitize_stored


def sanitize(apps, schema_editor):
    sanitize_stored(apps, "search.DictionaryEntry")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_plainer_words_of_the_dictionary")]
    operations = [migrations.RunPython(sanitize, migrations.RunPython.noop)]
