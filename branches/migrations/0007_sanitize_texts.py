"""Names, titles, drafts, comments and reasons without what nobody sees."""

from django.db import migrations

from search.stored_texts import sanitize_stored

MODELS = (
    *("branches.Branch", "branches.Service", "branches.User"),
    *("branches.BranchImage", "branches.BranchDocument"),
    *("wagtailcore.Page", "wagtailcore.Revision", "wagtailcore.TaskState", "wagtailcore.Site"),
    *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.Collection"),
    *("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"),
)


def sanitize(apps, schema_editor):
    sanitize_stored(apps, *MODELS)


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0006_document_paths"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(sanitize, migrations.RunPython.noop)]
