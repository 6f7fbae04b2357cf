"""Turn the advice of a step, until now one text, into rows; tell deliveries which version they bring."""

from django.db import migrations


def split(apps, schema_editor):
    items = apps.get_model("reports", "AdviceItem")
    for step in apps.get_model("reports", "SupportStep").objects.all():
        lines = [line for line in step.advice.split("\n") if line.strip()]
        for number, line in enumerate(lines, start=1):
            items.objects.create(
                municipality_id=step.municipality_id,
                cycle_id=step.cycle_id,
                step=step,
                key=f"{step.key[:70]}-{number}",
                text=line[:2000],
                position=number,
                audience=step.audience,
            )


def name_versions(apps, schema_editor):
    versions = {
        snapshot.report_id: snapshot.pk
        for snapshot in apps.get_model("reports", "Snapshot").objects.defer("document")
    }
    for delivery in apps.get_model("reports", "Delivery").objects.all():
        delivery.snapshot_id = versions[delivery.report_id]
        delivery.save(update_fields=["snapshot"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_support_sections_versions")]
    operations = [
        migrations.RunPython(split, migrations.RunPython.noop),
        migrations.RunPython(name_versions, migrations.RunPython.noop),
    ]
