"""The policy table: every indicator of the catalogue follows one, and its note says the same."""

import csv
from pathlib import Path

import pytest

from indicators import disclosure
from indicators.choices import ValueKind
from indicators.disclosure import policies, values
from indicators.disclosure.policies import POLICIES, Counted, Limits, counted
from indicators.reference import DATA

ROWS = [
    row
    for name in ("catalogue.csv", "background.csv")
    for row in csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines())
]


def whom(row):
    return counted(code=row["code"], unit=row["unit"])


def test_the_whole_catalogue_is_looked_at():
    assert len(ROWS) == 80 + 57


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_the_note_of_a_definition_says_what_is_done(row):
    note = row["suppression_note"]
    if whom(row) == Counted.PEOPLE:
        assert "1〜9" in note
        assert "秘匿します" in note
    elif whom(row) == Counted.PROFESSIONALS:
        assert "5未満" in note or "10人未満" in note
    else:
        assert "秘匿します" not in note
        assert "と表示します" not in note


def test_a_definition_that_nobody_has_listed_counts_people():
    """Fail closed: 人, 件, ％ and whatever is new."""
    for unit in ("人", "人／月", "件", "件／年", "％", "人／千人", "世帯", "レベル"):
        assert counted(code="own-new", unit=unit) == Counted.PEOPLE
    for unit in ("か所", "回", "団体", "か所／10万人", "点（100点満点）", "ポイント"):
        assert counted(code="own-new", unit=unit) == Counted.OPEN


def test_the_lists_name_only_definitions_that_exist():
    codes = {row["code"] for row in ROWS}
    linked = {code for group in policies.TELL_EACH_OTHER for code in group}
    linked |= {code for total, parts in policies.TOTALS.items() for code in (total, *parts)}

    assert policies.OPEN | policies.PROFESSIONALS | policies.PEOPLE | linked <= codes
    assert not policies.OPEN & policies.PROFESSIONALS


def test_what_is_linked_is_a_rule_of_people_of_one_denominator():
    for total, parts in policies.TOTALS.items():
        by_code = {row["code"]: row for row in ROWS}
        assert {by_code[code]["denominator"] for code in (total, *parts)} == {"全死亡数"}


def test_a_group_is_linked_to_one_total_at_most():
    """Then hiding goes from small ones to groups, to totals, to groups, and is at its end."""
    in_totals = {code for total, parts in policies.TOTALS.items() for code in (total, *parts)}

    assert len(in_totals) == sum(1 + len(parts) for parts in policies.TOTALS.values())
    assert all(len(in_totals.intersection(group)) <= 1 for group in policies.TELL_EACH_OTHER)


def test_the_table_is_what_was_decided():
    people, professionals = POLICIES[Counted.PEOPLE], POLICIES[Counted.PROFESSIONALS]

    assert people.limits(25_000) == Limits(10, 10)
    assert people.limits(24_999) == people.limits(None) == Limits(20, 20)
    assert people.limits(1_999).hides_everything
    assert professionals.limits(100) == professionals.limits(None) == Limits(5, 10)
    assert Counted.OPEN not in POLICIES


def test_the_kinds_are_those_of_definitions():
    assert {*values.RATIOS, *values.MARKS, "difference"} <= set(ValueKind.values)


def test_nothing_of_it_knows_django():
    for path in Path(disclosure.__file__).parent.glob("*.py"):
        assert "django" not in path.read_text(encoding="utf-8").replace("no Django", "")
