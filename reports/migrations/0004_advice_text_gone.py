"""The text whose content lies in rows now, and the version that every delivery has."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_advice_as_rows")]

    operations = [
        migrations.RemoveField(
            model_name='supportstep',
            name='advice',
        ),
        migrations.AlterField(
            model_name='delivery',
            name='snapshot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='reports.snapshot', verbose_name='版'),
        ),
    ]
