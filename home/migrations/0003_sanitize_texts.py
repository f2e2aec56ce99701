"""The settings of the site without what nobody sees."""

from django.db import migrations

from search.stored_texts import sanitize_stored


def sanitize(apps, schema_editor):
    sanitize_stored(apps, "home.SiteSettings")


class Migration(migrations.Migration):
    dependencies = [("home", "0002_redirects_become_slug_history")]
    operations = [migrations.RunPython(sanitize, migrations.RunPython.noop)]
