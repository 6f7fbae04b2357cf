"""The national catalogue of indicators, and which of its numbers the 自治体概要 form shows."""

import csv
from pathlib import Path

from indicators.models import Definition
from municipalities.reference import upsert

DATA = Path(__file__).parent / "data"

# Which certification rate a paper means is often not said: that one is a kind of its own.
PROFILE_CODES = (
    "population_total",
    "aging_rate_65",
    "aging_rate_75",
    "ltc_certification_rate_unspecified",
    "ltc_certification_rate_no1",
    "ltc_certification_rate_no2",
)
UNSPECIFIED = {
    "code": "ltc_certification_rate_unspecified",
    "name": "要介護認定率",
    "unit": "％",
    "decimals": "1",
    "value_kind": "ratio",
    "multiplier": "100",
    "direction": "neutral",
    "spo_type": "context",
    "logic_level": "context",
    "scenes": "common",
}
NUMBERS = ("decimals", "multiplier")
TEXTS = (
    "name",
    "unit",
    "direction",
    "value_kind",
    "numerator",
    "denominator",
    "data_source",
    "frequency",
    "period_basis",
    "caution",
    "scenes",
    "spo_type",
    "logic_level",
    "level",
    "suppression_note",
    "external_code",
    "basis",
)
FIELDS = (*TEXTS, *NUMBERS, "position", "in_profile", "in_catalogue")


def load():
    """Insert what is missing and correct what differs. Returns how many rows were written."""
    with (DATA / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        catalogue = [as_definition(row) for row in csv.DictReader(file)]
    unspecified = as_definition(UNSPECIFIED)
    unspecified.in_catalogue = False
    wanted = in_order([*catalogue, unspecified])
    return upsert(Definition, wanted, fields=FIELDS)


def as_definition(row):
    texts = {name: row.get(name, "") for name in TEXTS}
    numbers = {name: int(row[name]) for name in NUMBERS}
    return Definition(
        code=row["code"],
        in_profile=row["code"] in PROFILE_CODES,
        in_catalogue=True,
        **texts,
        **numbers,
    )


def in_order(definitions):
    """Number them: first the lines of the profile as on its form, then the catalogue as it is written."""
    by_code = {definition.code: definition for definition in definitions}
    first = [by_code.pop(code) for code in PROFILE_CODES]
    ordered = [*first, *by_code.values()]
    for position, definition in enumerate(ordered, start=1):
        definition.position = position
    return ordered
