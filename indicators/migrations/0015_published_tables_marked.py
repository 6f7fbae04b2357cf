"""Marks that say whether a published table has changed; the triggers come after every migrate (indicators.publishing.marking)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0014_statistics_in_blocks")]

    operations = [
        migrations.CreateModel(
            name="TableMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=64, unique=True, verbose_name="表")),
                ("mark", models.CharField(max_length=36, verbose_name="印")),
            ],
            options={
                "verbose_name": "公表されている表の印",
                "verbose_name_plural": "公表されている表の印",
                "ordering": ["table"],
            },
        ),
    ]
