"""Reports for the prefecture alone; and copies of good practice of before say which activity they began from."""

import json

from django.db import migrations, models


def tell_activities(apps, schema_editor):
    """Write the key where a copy already tells the activity by the name that it still has."""
    practices = apps.get_model("reports", "Practice").objects
    for copy in apps.get_model("reports", "PublishedPractice").objects.filter(activity_key=""):
        told = json.loads(bytes(copy.content))["case"].get("activity", "")
        mark = {"municipality_id": copy.municipality_id, "key": copy.key}
        row = practices.filter(
            cycle__fiscal_year=copy.fiscal_year, activity__name=told, **mark
        ).select_related("activity")
        if told and (found := row.first()):
            copy.activity_key = found.activity.key
            copy.save(update_fields=["activity_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0015_withdrawal_offices_and_origins"),
        ("logicmodels", "0001_initial"),
    ]
    operations = [
        migrations.AddField(
            model_name="progressreport",
            name="is_for_prefecture_alone",
            field=models.BooleanField(default=False, verbose_name="都道府県だけに提出する"),
        ),
        migrations.RunPython(tell_activities, migrations.RunPython.noop),
    ]
