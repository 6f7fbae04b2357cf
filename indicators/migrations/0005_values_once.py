"""The constraints of values, now that each has its code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0004_codes_of_values")]

    operations = [
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('municipality', 'code', 'fiscal_year', 'source'), name='measurement_once_per_source'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('definition__isnull', False), ('own_definition__isnull', True)), models.Q(('definition__isnull', True), ('own_definition__isnull', False)), _connector='OR'), name='measurement_one_definition'),
        ),
    ]
