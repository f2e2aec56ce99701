"""Keep for which branch somebody worked last, also of those who work for none now."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    branches = apps.get_model("branches", "Branch").objects
    for user in apps.get_model("branches", "User").objects.all():
        membership = user.memberships.order_by("-created_at", "-pk").first()
        branch = membership.branch if membership else branches.filter(name=left(apps, user)).first()
        if branch is not None:
            user.last_branch = branch
            user.save(update_fields=["last_branch"])


def left(apps, user):
    """The name of the branch from which `user` was removed last, as the log has it."""
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(
        content_type__app_label="branches",
        content_type__model="user",
        object_id=str(user.pk),
        action="branches.leave",
    )
    entry = entries.order_by("-timestamp").first()
    return (entry.data or {}).get("branch") if entry else None


class Migration(migrations.Migration):
    dependencies = [("branches", "0007_sanitize_texts")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="last_branch",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="branches.branch",
                verbose_name="最近所在的分会",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
