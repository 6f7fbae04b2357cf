"""By how many days a report came late; of those that came before this only that they were late."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0017_prepared_files_of_desks'),
    ]

    operations = [
        migrations.AddField(
            model_name='progress',
            name='days_late',
            field=models.PositiveIntegerField(null=True, verbose_name='遅れた日数'),
        ),
    ]
