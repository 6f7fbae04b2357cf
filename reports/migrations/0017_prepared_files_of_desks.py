"""A file of a kind is in the making once for the same municipalities: a health centre does not wait for its prefecture."""

import municipalities.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0013_review_rhythm'),
        ('reports', '0016_prefecture_alone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='preparedfile',
            name='prepared_file_one_at_a_time',
        ),
        migrations.AddField(
            model_name='preparedfile',
            name='towns',
            field=municipalities.text.CleanTextField(blank=True, max_length=2000, verbose_name='担当する市町村'),
        ),
        migrations.AddConstraint(
            model_name='preparedfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'making')), fields=('prefecture', 'kind', 'towns'), name='prepared_file_one_for_its_towns'),
        ),
    ]
