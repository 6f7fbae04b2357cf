"""The texts whose content lies in rows now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0003_partners_as_rows")]

    operations = [
        migrations.RemoveField(
            model_name='profile',
            name='contractors',
        ),
        migrations.RemoveField(
            model_name='profile',
            name='other_participants',
        ),
    ]
