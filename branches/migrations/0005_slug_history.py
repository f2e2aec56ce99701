"""Write down the names that the pages of branches have now, so that none is given to another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AT_ONCE = 1000


def record_existing(apps, schema_editor):
    page_model = apps.get_model("wagtailcore", "Page")
    record_model = apps.get_model("branches", "SlugRecord")
    provinces = apps.get_model("branches", "BranchPage").objects.filter(depth=2)
    for province in list(provinces.values_list("path", flat=True)):
        pages = page_model.objects.filter(path__startswith=province).order_by("path")
        keys = dict(page_model.objects.filter(depth=1).values_list("path", "pk"))
        records = []
        for page in pages.only("pk", "path", "slug", "live", "first_published_at").iterator():
            keys[page.path] = page.pk
            records.append(
                record_model(
                    parent_id=keys[page.path[:-4]],
                    slug=page.slug,
                    page_id=page.pk,
                    was_public=page.live or page.first_published_at is not None,
                )
            )
        record_model.objects.bulk_create(records, batch_size=AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0004_files_of_submitted_revisions"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SlugRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(db_index=True, max_length=255)),
                ("was_public", models.BooleanField(default=False)),
                (
                    "page",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="slug_records",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parent", "slug"), name="one_page_for_each_slug"
                    )
                ],
            },
        ),
        migrations.RunPython(record_existing, migrations.RunPython.noop),
    ]
