"""The rules of councils, each with years that break it and years that do not."""

import datetime as dt

import pytest

from councils.rules import RULES
from tests import years

COUNCIL = {"key": "c1", "name": "推進協議会", "kind": "promotion"}
VOICES = [{"profession": name, "people": 1} for name in ("physician", "rescue", "resident")]
GOAL = {"desired_states": [{"key": "g1", "scene": "discharge", "text": "安心して家に戻れる。"}]}
HELD = {"key": "m1", "council": "c1", "held_on": "2026-07-10", "number": 1}
BODIES = {
    "organizations": [
        {"key": "ishikai", "name": "医師会", "kind": "medical_association"},
        {"key": "shobo", "name": "消防本部", "kind": "fire_service"},
    ]
}


def councils(*rows):
    return {"councils": [COUNCIL | row for row in rows]}


def meetings(*rows):
    return councils({}) | {"meetings": [HELD | row for row in rows]}


def decided(kind="agreed", **more):
    return meetings({}) | {
        "decisions": [{"meeting": "m1", "kind": kind, "text": "合意した。"} | more]
    }


def evaluated(*judgements):
    row = {"key": "e1", "outcome": None, "activity": "a1", "council": None, "text": "6回開いた。"}
    return {
        "activities": [{"key": "a1", "name": "研修会"}],
        "beside": {"evaluations": [row | {"judgements": list(judgements)}]},
    }


SEATS = [
    {"organization": "ishikai", "role": "core"},
    {"organization": "shobo"},
    {"name": "家族会", "profession": "resident"},
]
BROKEN = {
    "G04": [GOAL, GOAL | decided("continued", desired_state="g1")],
    "M01": [councils({}), meetings({"attendance": VOICES[:2]})],
    "M02": [councils({}), meetings({"held_on": "2027-03-01"})],
    "M03": [meetings({}), meetings({"held_on": None, "planned": "令和8年7月"})],
    "X01": [evaluated(), evaluated()],
}
FINE = {
    "G04": [GOAL | decided(desired_state="g1"), {}],
    "M01": [meetings({"attendance": VOICES}), BODIES | councils({"seats": SEATS}), {}],
    "M02": [
        meetings({}),
        councils({"status": "preparing"}),
        councils({"programme": "care_meeting_case"}),
    ],
    "M03": [decided(), meetings({"held_on": "2027-03-01"}), meetings({"is_cancelled": True})],
    "X01": [evaluated({"verdict": "advanced"}), {}],
}
DECEMBER = dt.date(2026, 12, 1)


def cases(table):
    return [
        pytest.param(rule, parts, id=f"{rule}-{n}")
        for rule in table
        for n, parts in enumerate(table[rule])
    ]


def test_every_rule_has_its_cases():
    assert {rule.id for rule in RULES} == set(BROKEN) == set(FINE)
    assert all(len(table[rule]) >= 2 for table in (BROKEN, FINE) for rule in table)


@pytest.mark.parametrize(("rule", "parts"), cases(BROKEN))
def test_a_year_that_breaks_a_rule_is_told_so(rule, parts):
    assert years.found(RULES, rule, years.year(today=DECEMBER, **parts))


@pytest.mark.parametrize(("rule", "parts"), cases(FINE))
def test_a_year_that_keeps_a_rule_hears_nothing(rule, parts):
    assert not years.found(RULES, rule, years.year(today=DECEMBER, **parts))


def test_a_council_has_until_december_to_meet():
    assert not years.found(RULES, "M02", years.year(today=dt.date(2026, 11, 30), **councils({})))


def test_those_who_are_missing_are_named():
    (place,) = years.found(RULES, "M01", years.year(**meetings({"attendance": VOICES[:1]})))

    assert place.words["who"] == "消防・住民"


def test_what_was_evaluated_is_named():
    (place,) = years.found(RULES, "X01", years.year(**evaluated()))

    assert (place.label, place.key) == ("研修会", "e1")
