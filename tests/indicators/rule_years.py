"""Years for the rules of indicators: documents out of a few words, with the shipped definitions beside them."""

import csv
import datetime as dt
import json
from functools import cache
from pathlib import Path

import indicators
from indicators import national_versions
from indicators.rules import RULES
from indicators.rules.reading import COLUMNS, OF_A_VERSION, OWN_COLUMNS
from municipalities.kernel.findings import Year
from reports.document import shape

DATA = Path(indicators.__file__).parent / "data"
SHIPPED = ("catalogue.csv", "background.csv")
DEMO = Path(shape.__file__).parent / "demo"
TODAY = dt.date(2026, 11, 26)
PLACE = {"code": "990019", "name": "見本市", "prefecture": "見本県"}
# Own definitions of the tests, good as they are.
OWN = {
    "key": "own-share",
    "name": "連絡票を渡している利用者の割合",
    "unit": "％",
    "decimals": 1,
    "direction": "higher",
    "value_kind": "ratio",
    "numerator": "連絡票を渡した利用者",
    "denominator": "訪問看護の利用者",
    "multiplier": 100,
    "data_source": "訪問看護連絡会への調査",
    "frequency": "毎年",
}


@cache
def national():
    """Return the shipped definitions by code, as the table would give them."""
    rules = {row["code"]: row["accumulation"] for row in lines("accumulation.csv")}
    return {
        row["code"]: definition(row | {"accumulation": rules.get(row["code"], "latest")})
        for name in SHIPPED
        for row in lines(name)
    }


def lines(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def definition(row):
    versions = [
        {name: getattr(one, name) for name in OF_A_VERSION}
        for one in national_versions.of(row["code"])
    ]
    columns = {name: row.get(name, "") for name in COLUMNS}
    return {
        **columns,
        "code": row["code"],
        "decimals": int(row["decimals"]),
        "accumulation": row["accumulation"],
        "told_versions": versions,
    }


def definitions(document):
    own = {
        row["key"]: {name: row[name] for name in OWN_COLUMNS}
        | {
            "code": row["key"],
            "told_versions": [
                {name: one[name] for name in OF_A_VERSION} for one in row["definition_versions"]
            ],
        }
        for row in document["own_definitions"]
    }
    return national() | own


def document(data):
    problems = []
    found = shape.checked(data, problems)
    assert found is not None, problems
    return found.model_dump(mode="json")


def looked_at(data, *, before=None, today=TODAY, beside=None):
    """Return the year of a file, completed as the document itself completes it."""
    whole = document(data) | (beside or {})
    return Year(whole, today, definitions(whole), document(before) if before else None)


def demo(name):
    return json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))


def one(code, values=(), *, at=("one",), **row):
    """Return an indicator: its values by year (a number, or columns), where it stands, its columns."""
    return {"code": code, "values": dict(values), "at": at, "row": row}


def plan(*ones, fiscal_year=2026, scene="end_of_life", own=(), **parts):
    """Return the file of a year with the outcomes 「one」 and 「two」 of a scene and these indicators."""
    file = {
        "schema_version": shape.SCHEMA_VERSION,
        "municipality": PLACE,
        "fiscal_year": fiscal_year,
        "own_definitions": list(own),
        "logic_models": [
            {
                "key": "model",
                "title": "つながり",
                "outcomes": [
                    {"key": key, "scene": scene, "text": f"成果{key}"} for key in ("one", "two")
                ],
            }
        ],
        "indicators": [],
        "indicator_uses": [],
        "measurements": [],
    }
    for position, each in enumerate(ones, 1):
        add(file, each, position)
    return file | parts


def add(file, each, position):
    code = each["code"]
    key = f"i-{code}".replace("_", "-")
    row = dict(each["row"])
    targets = [
        {"key": f"t-{position}-{year}", "fiscal_year": year} | columns_of(value)
        for year, value in row.pop("targets", {}).items()
    ]
    file["indicators"].append(
        {"key": key, "indicator": code, "position": position, "targets": targets} | row
    )
    file["indicator_uses"] += [
        {
            "key": f"u-{position}-{outcome}",
            "indicator": key,
            "outcome": outcome,
            "position": position,
        }
        for outcome in each["at"]
    ]
    file["measurements"] += [
        {"key": f"m-{position}-{year}", "indicator": code, "fiscal_year": year, "source": "調査"}
        | columns_of(value)
        for year, value in each["values"].items()
    ]


def columns_of(value):
    return value if isinstance(value, dict) else {"value": str(value)}


def found(rule_id, year):
    """Return what one rule finds in a year; what it finds has a name, a sentence, and has been looked at."""
    rule = next(rule for rule in RULES if rule.id == rule_id)
    places = list(rule.find(year))
    assert len(places) <= rule.counts(year)
    for place in places:
        assert place.label
        assert "{" not in rule.message.format(**place.words)
    return places
