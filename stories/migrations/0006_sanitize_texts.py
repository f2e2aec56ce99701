"""Pieces, topics and venues without what nobody sees."""

from django.db import migrations

from search.stored_texts import sanitize_stored

MODELS = (
    *("stories.ContentPage", "stories.StoryPage", "stories.NewsPage", "stories.ExplainerPage"),
    *("stories.AboutPage", "stories.Topic", "stories.Venue"),
)


def sanitize(apps, schema_editor):
    sanitize_stored(apps, *MODELS)


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_freeze_files_in_review")]
    operations = [migrations.RunPython(sanitize, migrations.RunPython.noop)]
