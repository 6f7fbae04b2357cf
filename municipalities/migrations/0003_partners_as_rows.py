"""Turn the partners of a profile, until now one text, into bodies and rows of their own."""

import re

from django.db import migrations

SEPARATORS = re.compile(r"[、,，\r\n]+")


def names_in(text):
    found = (name.strip() for name in SEPARATORS.split(text))
    return list(dict.fromkeys(name[:100] for name in found if name))


def split(apps, schema_editor):
    bodies = apps.get_model("municipalities", "Organization")
    for profile in apps.get_model("municipalities", "Profile").objects.all():
        for column, model in (("contractors", "Contractor"), ("other_participants", "Participant")):
            table = apps.get_model("municipalities", model)
            for position, name in enumerate(names_in(getattr(profile, column)), start=1):
                body = body_named(bodies, profile.municipality_id, name)
                table.objects.create(
                    municipality_id=profile.municipality_id,
                    cycle_id=profile.cycle_id,
                    key=f"{model.lower()}-{position}",
                    organization=body,
                    position=position,
                )


def body_named(bodies, municipality_id, name):
    known = bodies.objects.filter(municipality_id=municipality_id)
    return known.filter(name=name).first() or bodies.objects.create(
        municipality_id=municipality_id, name=name, key=f"body-{known.count() + 1}"
    )


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0002_bodies_and_trash")]
    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
