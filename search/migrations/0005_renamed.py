import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_spelling"),
    ]

    operations = [
        migrations.CreateModel(
            name="Renamed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=200)),
                ("field", models.CharField(max_length=100)),
                ("value", models.CharField(max_length=255)),
                ("done_to", models.CharField(default="", max_length=255)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "field", "value"), name="one_renamed_of_each"
                    )
                ],
            },
        ),
    ]
