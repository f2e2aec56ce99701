"""Documents are stored where no other ever was; those that are there stay where they are."""

from django.db import migrations, models

import branches.models.media


class Migration(migrations.Migration):
    dependencies = [("branches", "0005_slug_history")]
    operations = [
        migrations.AlterField(
            model_name="branchdocument",
            name="file",
            field=models.FileField(
                upload_to=branches.models.media.document_path, verbose_name="file"
            ),
        )
    ]
