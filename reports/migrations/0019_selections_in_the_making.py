"""A file of one selection is in the making once: another selection of the same kind waits for its turn."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0013_review_rhythm'),
        ('reports', '0018_days_late'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='preparedfile',
            name='prepared_file_one_for_its_towns',
        ),
        migrations.AddField(
            model_name='preparedfile',
            name='selection',
            field=models.CharField(blank=True, max_length=64, verbose_name='選んだ内容の印'),
        ),
        migrations.AddConstraint(
            model_name='preparedfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'making')), fields=('prefecture', 'kind', 'towns', 'selection'), name='prepared_file_one_of_a_selection'),
        ),
    ]
