"""Of which rates statistics tell the parts is found without looking at all published values."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0021_files_told_as_a_whole'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publishedvalue',
            index=models.Index(condition=models.Q(('numerator__isnull', False)), fields=['definition', 'fiscal_year'], name='published_value_parts'),
        ),
    ]
