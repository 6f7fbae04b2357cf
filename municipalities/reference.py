"""Places as shipped in data/: prefectures, municipalities, areas. Loading twice changes nothing."""

import csv
from collections.abc import Callable
from datetime import date
from operator import attrgetter
from pathlib import Path

from municipalities.choices import MunicipalityKind
from municipalities.codes import validate_code
from municipalities.models import (
    MedicalArea,
    MedicalAreaMember,
    Municipality,
    MunicipalityAlias,
    MunicipalityChange,
    Prefecture,
)

DATA = Path(__file__).parent / "data"
PLACE_FIELDS = ("name", "kana", "kind", "prefecture", "parent", "district", "similar_group")


def rows_of(name):
    """Yield the rows of one shipped file as dictionaries."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load():
    """Insert what is missing and correct what differs. Returns how many rows were written."""
    return sum(
        step()
        for step in (
            _load_prefectures,
            _load_municipalities,
            _load_aliases,
            _load_changes,
            _load_areas,
            _load_members,
        )
    )


def _load_prefectures():
    wanted = [
        Prefecture(code=row["code"], name=row["name"], kana=row["kana"])
        for row in rows_of("prefectures.csv")
    ]
    return upsert(Prefecture, wanted, fields=("name", "kana"))


def _load_municipalities():
    """Cities before their wards, which point at them."""
    prefectures = Prefecture.objects.in_bulk(field_name="code")
    rows = list(rows_of("municipalities.csv"))
    written = 0
    for wards in (False, True):
        known = municipalities_by_code()
        wanted = [
            _as_municipality(row, prefectures, known)
            for row in rows
            if (row["kind"] == MunicipalityKind.WARD) is wards
        ]
        written += upsert(Municipality, wanted, fields=PLACE_FIELDS)
    return written


def _as_municipality(row, prefectures, known):
    validate_code(row["code"])
    return Municipality(
        code=row["code"],
        name=row["name"],
        kana=row["kana"],
        kind=row["kind"],
        prefecture=prefectures[row["prefecture"]],
        parent=known[row["parent"]] if row["parent"] else None,
        district=row["district"],
        similar_group=row["similar_group"],
    )


def municipalities_by_code():
    return Municipality.objects.in_bulk(field_name="code")


def _load_aliases():
    known = municipalities_by_code()
    wanted = [
        MunicipalityAlias(
            municipality=known[row["municipality"]], alias=row["alias"], note=row["note"]
        )
        for row in rows_of("municipality_aliases.csv")
    ]
    key = attrgetter("municipality_id", "alias")
    return replace(MunicipalityAlias, wanted, fields=("note",), key=key)


def _load_changes():
    known = municipalities_by_code()
    wanted = []
    for row in rows_of("municipality_changes.csv"):
        validate_code(row["old_code"])
        wanted.append(
            MunicipalityChange(
                changed_on=date.fromisoformat(row["changed_on"]),
                kind=row["kind"],
                old_code=row["old_code"],
                old_name=row["old_name"],
                municipality=known[row["municipality"]],
                note=row["note"],
            )
        )
    fields = ("changed_on", "kind", "old_name", "note")
    key = attrgetter("old_code", "municipality_id")
    return replace(MunicipalityChange, wanted, fields=fields, key=key)


def _load_areas():
    prefectures = Prefecture.objects.in_bulk(field_name="code")
    wanted = [
        MedicalArea(
            scheme=row["scheme"],
            code=row["code"],
            is_official_code=row["is_official_code"] == "1",
            name=row["name"],
            prefecture=prefectures[row["prefecture"]],
        )
        for row in rows_of("medical_areas.csv")
    ]
    fields = ("is_official_code", "name", "prefecture")
    return replace(MedicalArea, wanted, fields=fields, key=attrgetter("scheme", "code"))


def _load_members():
    """A column of the file is a scheme."""
    known = municipalities_by_code()
    areas = {(area.scheme, area.code): area for area in MedicalArea.objects.order_by()}
    wanted = [
        MedicalAreaMember(area=areas[scheme, code], municipality=known[row["municipality"]])
        for row in rows_of("medical_area_members.csv")
        for scheme, code in row.items()
        if scheme != "municipality"
    ]
    key = attrgetter("area_id", "municipality_id")
    return replace(MedicalAreaMember, wanted, fields=(), key=key)


def upsert(model, wanted, *, fields, key: Callable = attrgetter("code")):
    """Write rows by their key, and only those that are new or differ. Returns how many."""
    stored = {key(row): row for row in model.objects.order_by()}
    attnames = [model._meta.get_field(name).attname for name in fields]
    new, changed = [], []
    for row in wanted:
        if (old := stored.get(key(row))) is None:
            new.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in attnames):
            row.pk = old.pk
            changed.append(row)
    model.objects.bulk_create(new, batch_size=500)
    if changed:
        model.objects.bulk_update(changed, fields, batch_size=200)
    return len(new) + len(changed)


def replace(model, wanted, *, fields, key):
    """Upsert, and delete what the shipped file no longer has. Returns how many rows were touched."""
    keys = {key(row) for row in wanted}
    gone = [row.pk for row in model.objects.order_by() if key(row) not in keys]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    return len(gone) + upsert(model, wanted, fields=fields, key=key)
