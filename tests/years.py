"""Years for rules: documents out of a few words, completed as the document itself completes them."""

import datetime as dt

from municipalities.kernel.findings import Year
from reports.document import shape
from tests.indicators import rule_years

PLACE = {"code": "990019", "name": "見本市", "prefecture": "見本県"}
TODAY = dt.date(2026, 11, 26)


def document(fiscal_year=2026, **parts):
    """Return a document of these parts; rows may leave out what has a default, and their key."""
    data = {
        "schema_version": shape.SCHEMA_VERSION,
        "municipality": PLACE,
        "fiscal_year": fiscal_year,
    }
    problems = []
    checked = shape.checked(
        data | {name: keyed(name, part) for name, part in parts.items()}, problems
    )
    assert checked is not None, problems
    return checked.model_dump(mode="json")


def keyed(stem, part):
    """Give every row below a part a key of its own where it has none."""
    if isinstance(part, list):
        return [
            {"key": f"{stem.replace('_', '-')}-{number}"}
            | {name: keyed(f"{stem}-{number}-{name}", value) for name, value in row.items()}
            if isinstance(row, dict)
            else row
            for number, row in enumerate(part, 1)
        ]
    return {"key": stem} | part if isinstance(part, dict) else part


def year(*, today=TODAY, before=None, beside=None, **parts):
    """Return a year of these parts; `beside` are parts that are given whole."""
    whole = document(**parts)
    return Year(whole | (beside or {}), today, rule_years.definitions(whole), before=before)


def found(rules, rule_id, looked_at):
    """Return what one rule finds in a year."""
    rule = next(one for one in rules if one.id == rule_id)
    places = list(rule.find(looked_at))
    # A rule that finds something has looked at something.
    assert not places or rule.counts(looked_at)
    for place in places:
        assert place.label
        rule.message.format(**place.words)
    return places
