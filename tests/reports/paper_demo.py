"""The demo's documents as they would be printed, read without a database."""

import csv
from dataclasses import replace

from indicators.reference import DATA, PROFILE_CODES
from reports.document import shape, weak
from reports.document.reading import gather
from reports.document.year_review import YearReview
from tests import world

OF_A_DEFINITION = ("code", "name", "unit", "direction", "value_kind", "scenes")


def definitions() -> dict[str, dict]:
    """Return what the national lists say of each indicator."""
    found = {}
    for name in ("background.csv", "catalogue.csv"):
        with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                words = {column: row[column] for column in OF_A_DEFINITION}
                found[row["code"]] = words | {"decimals": int(row["decimals"])}
    return found


def review_of(name: str, *, kind: str = "final") -> YearReview:
    """Return a demo year with the head of a submitted report of this kind."""
    text = (world.DEMO / f"{name}.json").read_text(encoding="utf-8")
    document = shape.Document.model_validate_json(text).model_dump(mode="json")
    known = definitions()
    followed = {row["indicator"] for row in document["indicators"]}
    own = [
        {"code": row["key"], "scenes": ""}
        | {column: row[column] for column in OF_A_DEFINITION[1:5]}
        | {"decimals": row["decimals"]}
        for row in document["own_definitions"]
    ]
    numbers = {row["indicator"]: row for row in document["measurements"]}
    figures = [
        {**known[code], **numbers[code], "note": ""} for code in PROFILE_CODES if code in numbers
    ]
    review = gather(
        document
        | {
            "figures": figures,
            "definitions": [known[code] for code in known if code in followed] + own,
            "to_come": weak.points(document),
            "report": report_head(kind),
        },
        sha256="3f5b1c7a9d20e4886b1f0c3d5a7e9b2c4d6f8091a3b5c7d9e1f2031425364758",
    )
    return replace(
        review,
        head=replace(review.head, number=f"{review.fiscal_year}-{review.municipality_code}-01"),
    )


def report_head(kind: str) -> dict:
    is_final = kind == "final"
    return {
        "number": "",
        "kind": kind,
        "kind_label": "最終報告" if is_final else "中間報告",
        "step_label": "最終報告会" if is_final else "中間報告会①",
        "status_label": "提出済み",
        "submitted_on": "2024-03-08",
        "recipients": ["アドバイザー", "都道府県"],
    }
