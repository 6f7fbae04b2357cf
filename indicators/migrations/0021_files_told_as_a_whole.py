"""What is known of a file alone: how final its values are and as of when, and what stood above its table."""

import municipalities.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0020_statistics_of_prefectures'),
    ]

    operations = [
        migrations.AddField(
            model_name='statisticslayout',
            name='as_of',
            field=models.DateField(blank=True, null=True, verbose_name='いつ現在か（列で決まらないとき）'),
        ),
        migrations.AddField(
            model_name='statisticslayout',
            name='finality',
            field=models.CharField(blank=True, choices=[('forecast', '見込'), ('preliminary', '速報'), ('final', '確定')], db_default='', default='', max_length=20, verbose_name='確定の別（列で決まらないとき）'),
        ),
        migrations.AddField(
            model_name='statisticslayout',
            name='title_above',
            field=municipalities.text.CleanTextField(blank=True, db_default='', default='', max_length=200, verbose_name='表の上に書かれていた表題'),
        ),
    ]
