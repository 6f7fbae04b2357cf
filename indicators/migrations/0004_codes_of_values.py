"""Give each stored value the code of its definition, by which it is known from now on."""

from django.db import migrations


def fill(apps, schema_editor):
    measurements = apps.get_model("indicators", "Measurement")
    for definition in apps.get_model("indicators", "Definition").objects.all():
        measurements.objects.filter(definition=definition).update(code=definition.code)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_numbers_followed")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
