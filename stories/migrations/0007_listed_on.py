import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0006_sanitize_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="contentpage",
            name="listed_on",
            field=models.DateField(editable=False, null=True, verbose_name="列表日期"),
        ),
        migrations.AlterField(
            model_name="contentpage",
            name="date",
            field=models.DateField(
                blank=True,
                db_index=True,
                default=django.utils.timezone.localdate,
                help_text="印在稿件上的日期，不填就是今天。写以后的日期不会推迟公开，也不会排得更前。",
                verbose_name="日期",
            ),
        ),
    ]
