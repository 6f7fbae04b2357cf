"""Prefectures and municipalities as shipped in data/. Loading twice changes nothing."""

import csv
from pathlib import Path

from municipalities.codes import validate_code
from municipalities.models import Municipality, Prefecture

DATA = Path(__file__).parent / "data"


def rows_of(name):
    """Yield the rows of one shipped file as dictionaries."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load():
    """Insert what is missing and correct what differs. Returns how many rows were written."""
    return _load_prefectures() + _load_municipalities()


def _load_prefectures():
    wanted = [
        Prefecture(code=row["code"], name=row["name"], kana=row["kana"])
        for row in rows_of("prefectures.csv")
    ]
    return upsert(Prefecture, wanted, fields=("name", "kana"))


def _load_municipalities():
    prefectures = {prefecture.code: prefecture for prefecture in Prefecture.objects.all()}
    wanted = []
    for row in rows_of("municipalities.csv"):
        validate_code(row["code"])
        wanted.append(
            Municipality(
                code=row["code"],
                name=row["name"],
                kana=row["kana"],
                kind=row["kind"],
                prefecture=prefectures[row["prefecture"]],
            )
        )
    return upsert(Municipality, wanted, fields=("name", "kana", "kind", "prefecture"))


def upsert(model, wanted, *, fields):
    """Write rows by their code, and only those that are new or differ. Returns how many."""
    stored = model.objects.in_bulk(field_name="code")
    attnames = [model._meta.get_field(name).attname for name in fields]
    new, changed = [], []
    for row in wanted:
        if (old := stored.get(row.code)) is None:
            new.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in attnames):
            row.pk = old.pk
            changed.append(row)
    model.objects.bulk_create(new, batch_size=500)
    model.objects.bulk_update(changed, fields, batch_size=200)
    return len(new) + len(changed)
