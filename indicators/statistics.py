"""The statistics as shipped in data/statistics: read, completed and stored as published values.

A file is read again only when it or what its values are computed with has changed; then only what
differs is written, in short transactions. Whatever stops a load halfway, the next one finishes it.
"""

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from indicators.arithmetic import derivation
from indicators.choices import PlaceKind, ValueKind, ValueState
from indicators.models import Dataset, Definition, PublishedValue
from indicators.reference import DATA
from municipalities import reference as places
from municipalities.choices import AreaScheme, MunicipalityKind
from municipalities.entrance.scopes import NATION_CODE
from municipalities.models import MedicalAreaMember, Municipality
from municipalities.reference import upsert

FILES = DATA / "statistics"
NATION = (PlaceKind.NATION, NATION_CODE)
# The two schemes agree wherever they use the same code, so that a sum has one meaning.
SUMMED_SCHEMES = (AreaScheme.MEDICAL_2020, AreaScheme.MEDICAL_2024)
EXERCISE_PREFECTURE = "99"
# The invented figures of 見本県, a statistic of their own: no real one tells of a place that does not exist.
EXERCISE_DATASET = "exercise_99"
EXERCISE_TELLS = {
    "title": "例示の統計・実在しない値",
    "publisher": "見本県（実在しない県）",
    "licence": "例示です。実際の統計ではないので、引用しないでください。",
    "note": "見本県・見本市・見本町・見本村のために作った値です。どの統計調査の結果でもありません。",
}
STATES = {state.value: state for state in ValueState}
BATCH = 5000


class NotAsShippedError(Exception):
    """A file of the statistics is not the one that was shipped."""


def load():
    """Store what is new or differs. Returns how many rows were written. Raises NotAsShippedError first."""
    shipped = {row.pop("code"): row for row in _shipped()}
    contents = {code: checked(code, row.pop("sha256")) for code, row in shipped.items()}
    written = upsert(
        Dataset,
        [Dataset(code=code, **row) for code, row in shipped.items()],
        fields=("title", "publisher", "licence", "note"),
    )
    basis = _basis()
    rules = None
    for dataset in Dataset.objects.filter(code__in=shipped):
        fingerprint = hashlib.sha256(basis + contents[dataset.code]).hexdigest()
        if dataset.fingerprint != fingerprint:
            rules = rules or rules_of_the_country()
            table = derivation.complete(table_of(contents[dataset.code]), rules)
            written += store(dataset, table) + 1
            Dataset.objects.filter(pk=dataset.pk).update(fingerprint=fingerprint)
    return written


def load_exercise():
    """Store the invented statistic of 見本県, as the demo does. Returns how many rows were written."""
    content = (DATA / "exercise.csv").read_bytes()
    fingerprint = hashlib.sha256(_basis() + content).hexdigest()
    dataset, _ = Dataset.objects.update_or_create(code=EXERCISE_DATASET, defaults=EXERCISE_TELLS)
    if dataset.fingerprint == fingerprint:
        return 0
    table = read_table(content.decode("utf-8"))
    written = store(dataset, derivation.complete(table, rules_of_the_exercise()))
    Dataset.objects.filter(pk=dataset.pk).update(fingerprint=fingerprint)
    return written


def _shipped():
    with (DATA / "datasets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def checked(code, sha256):
    """Return the bytes of a dataset's file. Raises NotAsShippedError."""
    path = FILES / f"{code}.csv.gz"
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotAsShippedError(
            f"統計のファイル {path.name} が配布されたものと違います。製品のファイルを入れ直してから、もう一度実行してください。"
        )
    return content


def _basis():
    """Return a digest of all that values are computed with besides their own file."""
    names = ("municipalities.csv", "medical_areas.csv", "medical_area_members.csv")
    paths = [places.DATA / name for name in names]
    paths += [DATA / "catalogue.csv", DATA / "background.csv"]
    paths += [Path(derivation.__file__), Path(__file__)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).digest()


def table_of(content):
    """Read a shipped file."""
    return read_table(gzip.decompress(content).decode("utf-8"))


def read_table(text):
    """Read a table: a line is a place, a column an indicator of a year, an empty cell nothing at all."""
    lines = csv.reader(io.StringIO(text))
    _, _, *heads = next(lines)
    columns = [(code, int(year)) for code, _, year in (head.partition(":") for head in heads)]
    return {
        (PlaceKind(kind), code): {
            column: cell_of(cell) for column, cell in zip(columns, cells, strict=True) if cell
        }
        for kind, code, *cells in lines
    }


def cell_of(text):
    """Return a number, or the state that stands in its place."""
    return STATES.get(text) or Decimal(text)


def rules_of_the_country():
    """Return who makes up whom, in four queries."""
    members = defaultdict(list)
    towns = Municipality.objects.without_wards().exclude(prefecture__code=EXERCISE_PREFECTURE)
    for code, prefecture in towns.values_list("code", "prefecture__code"):
        for larger in ((PlaceKind.PREFECTURE, prefecture), NATION):
            members[larger].append((PlaceKind.MUNICIPALITY, code))
    for code, towns_and_wards in members_of_areas().items():
        members[PlaceKind.MEDICAL_AREA, code] = towns_and_wards
    return rules_of(dict(members), wards_of_cities())


def rules_of_the_exercise():
    """Return that the towns of 見本県 make it up; it is no part of the nation."""
    towns = Municipality.objects.filter(prefecture__code=EXERCISE_PREFECTURE)
    members = [(PlaceKind.MUNICIPALITY, code) for code in towns.values_list("code", flat=True)]
    return rules_of({(PlaceKind.PREFECTURE, EXERCISE_PREFECTURE): members}, {})


def rules_of(members, wards):
    definitions = list(Definition.every.values_list("code", "value_kind", "multiplier"))
    return derivation.Rules(
        members=members,
        wards=wards,
        counts={code for code, kind, _ in definitions if kind == ValueKind.COUNT},
        multipliers={code: multiplier for code, _, multiplier in definitions},
    )


def wards_of_cities():
    found = defaultdict(list)
    wards = Municipality.objects.filter(kind=MunicipalityKind.WARD)
    for city, ward in wards.values_list("parent__code", "code"):
        found[PlaceKind.MUNICIPALITY, city].append((PlaceKind.WARD, ward))
    return dict(found)


def members_of_areas():
    """Return the members of each area. A ward counts where its city as a whole lies in no single area."""
    rows = list(
        MedicalAreaMember.objects.filter(area__scheme__in=SUMMED_SCHEMES)
        .order_by("area__scheme", "area__code", "municipality__code")
        .values_list(
            "area__code", "municipality__code", "municipality__kind", "municipality__parent__code"
        )
    )
    whole = {code for _, code, kind, _ in rows if kind != MunicipalityKind.WARD}
    found = defaultdict(dict)
    for area, code, kind, parent in rows:
        if kind != MunicipalityKind.WARD:
            found[area][PlaceKind.MUNICIPALITY, code] = True
        elif parent not in whole:
            found[area][PlaceKind.WARD, code] = True
    return {area: tuple(members) for area, members in found.items()}


def store(dataset, table):
    """Make the stored values of a dataset equal to the table. Returns how many rows were touched."""
    stored = {
        tuple(key): (pk, value, state)
        for pk, value, state, *key in PublishedValue.objects.filter(dataset=dataset)
        .order_by()
        .values_list(
            "pk", "value", "state", "definition_id", "place_kind", "place_code", "fiscal_year"
        )
    }
    new, changed = [], []
    for key, value, state in _values_of(table):
        old = stored.pop(key, None)
        if old is None:
            new.append(_as_row(dataset, key, value=value, state=state))
        elif old[1:] != (value, state):
            changed.append(_as_row(dataset, key, value=value, state=state, pk=old[0]))
    gone = [pk for pk, _, _ in stored.values()]
    for start in range(0, len(gone), BATCH):
        PublishedValue.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    for start in range(0, len(new), BATCH):
        PublishedValue.objects.bulk_create(new[start : start + BATCH])
    PublishedValue.objects.bulk_update(changed, ["value", "state"], batch_size=200)
    return len(gone) + len(new) + len(changed)


def _values_of(table):
    definitions = dict(Definition.objects.values_list("code", "pk"))
    for (kind, place), row in table.items():
        for (code, year), cell in row.items():
            key = (definitions[code], kind, place, year)
            if isinstance(cell, ValueState):
                yield key, None, cell
            else:
                yield key, cell, ValueState.VALUE


def _as_row(dataset, key, **columns):
    definition, kind, place, year = key
    return PublishedValue(
        dataset_id=dataset.pk,
        definition_id=definition,
        place_kind=kind,
        place_code=place,
        fiscal_year=year,
        **columns,
    )
