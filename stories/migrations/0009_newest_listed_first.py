from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0008_fill_listed_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contentpage",
            name="listed_on",
            field=models.DateField(editable=False, verbose_name="列表日期"),
        ),
        migrations.RemoveIndex(
            model_name="contentpage",
            name="content_newest_first",
        ),
        migrations.AddIndex(
            model_name="contentpage",
            index=models.Index(fields=["-listed_on", "-page_ptr"], name="content_newest_listed"),
        ),
    ]
