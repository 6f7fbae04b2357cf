"""M04: a contract says what for, and how one hears of the work."""

import pytest

from coordinators.rules import RULES
from tests import years

FULL = {"name": "見本会", "title": "相談窓口", "purpose": "退院で困らない", "reporting": "毎月"}
REPORT = {"kind": "report", "due": "毎月", "text": "相談の件数"}
BROKEN = [
    {"purpose": ""},
    {"reporting": ""},
    {"reporting": "", "events": [REPORT | {"kind": "feedback"}]},
]
FINE = [{}, {"reporting": "", "events": [REPORT]}, {"purpose": "", "state": "ended"}]


def found(row):
    return years.found(RULES, "M04", years.year(contracts=[FULL | row]))


@pytest.mark.parametrize("row", BROKEN)
def test_a_contract_without_its_terms_is_told_of(row):
    assert found(row)


@pytest.mark.parametrize("row", FINE)
def test_a_contract_with_its_terms_is_not(row):
    assert not found(row)


def test_what_is_missing_is_named():
    (place,) = found({"purpose": "", "reporting": ""})

    assert place.words["what"] == "目的と報告の方法"


def test_a_contract_under_another_follows_its_terms():
    rows = [FULL | {"key": "c1"}, FULL | {"key": "c2", "parent": "c1", "purpose": ""}]

    assert not years.found(RULES, "M04", years.year(contracts=rows))
