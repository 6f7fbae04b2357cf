"""The national catalogue of indicators, the figures behind it, which of them the 自治体概要 form shows, and the layouts of statistics."""

import csv
from pathlib import Path

from indicators.intake.layouts import shipped
from indicators.models import Definition
from municipalities.reference import upsert

DATA = Path(__file__).parent / "data"

PROFILE_CODES = (
    "population_total",
    "aging_rate_65",
    "aging_rate_75",
    "ltc_certification_rate_unspecified",
    "ltc_certification_rate_no1",
    "ltc_certification_rate_no2",
)
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
FIELDS = (*TEXTS, "accumulation", *NUMBERS, "position", "in_profile", "in_catalogue")


def load():
    """Insert what is missing and correct what differs. Returns how many rows were written."""
    wanted = [
        *definitions_of("catalogue.csv", in_catalogue=True),
        *definitions_of("background.csv", in_catalogue=False),
    ]
    rules = {row["code"]: row["accumulation"] for row in rows_of("accumulation.csv")}
    for definition in wanted:
        definition.accumulation = rules[definition.code]
    return upsert(Definition, in_order(wanted), fields=FIELDS) + shipped.load()


def rows_of(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def definitions_of(name, *, in_catalogue):
    return [as_definition(row, in_catalogue=in_catalogue) for row in rows_of(name)]


def as_definition(row, *, in_catalogue):
    texts = {name: row[name] for name in TEXTS}
    numbers = {name: int(row[name]) for name in NUMBERS}
    return Definition(
        code=row["code"],
        in_profile=row["code"] in PROFILE_CODES,
        in_catalogue=in_catalogue,
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
