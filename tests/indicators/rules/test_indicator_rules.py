"""気づき on indicators and values: for each rule years that break it and years that do not, and what holds of all."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.rules import RULES
from municipalities.kernel.findings import look
from tests.indicators.rule_years import OWN, found, looked_at, one, plan

LEAK = "discharge_coordination_leak_rate"
ACP, CASES, VISITS = "acp_discussed_rate", "consultation_desk_cases", "home_visit_patients"
OFFICES, HOME, SETTLED = "nursing_stations_24h", "home_death_rate", "preferred_place_achieved_rate"
# A survey of residents every three years: lower numbers have no say in other rules.
GOOD = one(
    ACP,
    {2022: {"value": "30.0", "numerator": "300", "denominator": "1000"}, 2025: "35.0"},
    baseline_year=2022,
    targets={2028: "45"},
)
STEADY = {2022: 100, 2023: 101, 2024: 102, 2025: 103}
AIMED = {"baseline_year": 2023, "targets": {2026: "110"}}
WORK = one(VISITS, STEADY, **AIMED)
COUNT = OWN | {
    "key": "own-count",
    "name": "研修の参加者数",
    "unit": "人（延べ）",
    "value_kind": "count",
    "denominator": "",
    "accumulation": "sum",
}
ROUND = {"key": "round", "theme": "看取り", "scenes": ["end_of_life"]}


def own(**columns):
    return [OWN | columns]


def counting(**columns):
    return [COUNT | columns]


def share(values=(), **row):
    return one("own-share", values, **row)


def tally(values=(), **row):
    return one("own-count", values, **row)


def falling(*numbers, **row):
    return one(VISITS, dict(enumerate(numbers, 2026 - len(numbers))), **row)


SPLIT = [{"key": "v", "fiscal_year": 2025, "what_changed": "数え方", "is_break": True}]
SMALL = {"value": "50", "numerator": "7", "denominator": "14"}
HALF_A_YEAR = {"as_of": "2026-09-30", "finality": "preliminary"}
LARGE = {"value": "50", "numerator": "700", "denominator": "1400"}
ZERO = {"value": "0", "numerator": "0", "denominator": "0"}
PLANNED = one(ACP, {2022: "30"}, baseline_year=2022)
CASE = {
    "I01": [
        (True, plan(WORK)),
        (True, plan(one(CASES), one(OFFICES))),
        (False, plan(WORK, GOOD)),
        (False, plan()),
    ],
    "I02": [
        (True, plan(GOOD)),
        (True, plan(one(LEAK), one(ACP))),
        (False, plan(GOOD, WORK)),
        (False, plan(WORK)),
    ],
    "I03": [
        (True, plan(share(), own=own(denominator=""))),
        (True, plan(share(), own=own(denominator=" ", value_kind="survey_ratio"))),
        (False, plan(share(), own=own())),
        (False, plan(tally(), own=counting())),
    ],
    "I04": [
        (True, plan(one(VISITS))),
        (True, plan(share(), own=own(frequency=""))),
        (False, plan(WORK)),
        (False, plan(share(), own=own())),
    ],
    "I05": [
        (True, plan(one(VISITS, STEADY))),
        (True, plan(one(VISITS, STEADY, baseline_year=2019))),
        (False, plan(WORK)),
        (False, plan(one(OFFICES, {2025: {"state": "not_applicable"}}))),
    ],
    "I06": [
        (True, plan(one(VISITS, STEADY))),
        (True, plan(one(VISITS, STEADY, targets={2025: "110"}))),
        (False, plan(WORK)),
        (False, plan(one(CASES, note="相談の中身の変化を見る"))),
    ],
    "I07": [
        (True, plan(one(VISITS, STEADY))),
        (True, plan(one(CASES))),
        (False, plan(one(VISITS, STEADY, targets={2025: "110"}))),
        (False, plan(one(VISITS, note="現状値を把握中"))),
    ],
    "I08": [
        (True, plan(one(VISITS, STEADY, baseline_year=2023, targets={2026: "90"}))),
        (True, plan(one(LEAK, {2023: 20}, baseline_year=2023, targets={2026: "25"}))),
        (False, plan(WORK)),
        (False, plan(one(LEAK, {2023: 20}, baseline_year=2023, targets={2026: "15"}))),
        (False, plan(one(CASES, {2023: 20}, baseline_year=2023, targets={2026: "15"}))),
    ],
    "I09": [
        (True, plan(one(VISITS, {2023: "100"}, baseline_year=2023, targets={2026: "100.0"}))),
        (True, plan(one(LEAK, {2023: 20}, baseline_year=2023, targets={2026: "20"}))),
        (False, plan(WORK)),
        (
            False,
            plan(
                one(
                    LEAK,
                    {2023: 20},
                    baseline_year=2023,
                    targets={2026: {"value": "20", "note": "維持する"}},
                )
            ),
        ),
    ],
    "I10": [
        (True, plan(one(VISITS, STEADY, baseline_year=2022, targets={2026: "102"}))),
        (
            True,
            plan(one(LEAK, {2022: 30, 2025: 14}, baseline_year=2022, targets={2026: "15"})),
        ),
        (False, plan(WORK)),
        (False, plan(one(VISITS, STEADY, baseline_year=2023, targets={2026: "90"}))),
    ],
    "I11": [
        (True, plan(one(VISITS, targets={2032: "110"}))),
        (True, plan(one(VISITS, targets={2029: "110"}), fiscal_year=2025)),
        (False, plan(one(VISITS, targets={2026: "110"}), fiscal_year=2025)),
        (False, plan(one(VISITS, targets={2029: "110"}))),
    ],
    "I12": [
        (
            True,
            plan(
                share(),
                one(ACP),
                own=own(name="人生の最終段階の医療・ケアを家族等と話し合ったことがある人の割合"),
            ),
        ),
        (True, plan(share(), one(VISITS), own=own(name="訪問診療を受けた 患者数"))),
        (False, plan(share(), one(ACP), own=own())),
        (False, plan(share(), own=own(name="訪問診療を受けた患者数"))),
    ],
    "I13": [
        (True, plan(tally(), own=counting(unit="人"))),
        (True, plan(tally(), own=counting(name="相談の件数", unit="人（延べ）"))),
        (False, plan(tally(), own=counting())),
        (
            False,
            plan(
                tally(), own=counting(name="在籍する看護師の人数", unit="人", accumulation="latest")
            ),
        ),
    ],
    "I14": [
        (True, plan(WORK)),
        (True, plan(one(CASES), one(OFFICES))),
        (False, plan(WORK, GOOD)),
        (False, plan(one(VISITS, at=()))),
    ],
    "I15": [
        (True, plan(one(HOME))),
        (True, plan(one(HOME), WORK)),
        (False, plan(one(HOME), GOOD)),
        (False, plan(one(HOME), scene="daily_care")),
    ],
    "I16": [
        (True, plan(one(CASES, targets={2026: "100"}))),
        (True, plan(tally(targets={2026: "100"}), own=counting())),
        (False, plan(one(CASES))),
        (False, plan(one(CASES, targets={2026: "100"}, at=()))),
    ],
    "I17": [
        (True, plan(*(one(code) for code in (ACP, LEAK, VISITS, OFFICES)))),
        (True, plan(*(one(code, at=("two",)) for code in (ACP, LEAK, VISITS, OFFICES, CASES)))),
        (False, plan(*(one(code) for code in (ACP, LEAK, VISITS)), one(CASES, at=("two",)))),
        (False, plan(*(one(code, at=()) for code in (ACP, LEAK, VISITS, OFFICES)))),
    ],
    "I18": [
        (True, plan(WORK)),
        (True, plan(one(LEAK))),
        (False, plan(GOOD)),
        (False, plan(share(), own=own(value_kind="survey_ratio", name="満足している家族の割合"))),
    ],
    "I19": [
        (True, plan(GOOD)),
        (True, plan(WORK, scene="emergency", support_round=ROUND)),
        (False, plan(GOOD, support_round=ROUND)),
        (False, plan(support_round=ROUND)),
    ],
    "I20": [
        (True, plan(one(VISITS, at=()))),
        (True, plan(GOOD, share(at=()), own=own())),
        (False, plan(GOOD)),
        (False, plan(GOOD, one("aging_rate_65", at=()))),
        (False, plan(one(VISITS, at=()), logic_models=[])),
    ],
    "I21": [
        (True, plan(tally(), own=counting(name="個別・圏域の地域ケア会議の開催回数", unit="回"))),
        (True, plan(tally(), own=counting(name="相談の件数及び訪問の件数", unit="件"))),
        (False, plan(tally(), own=counting(name="医療・介護関係者の参加者数"))),
        (False, plan(tally(), own=counting(name="急変時、救急隊と連携した件数（夜間・休日）"))),
    ],
    "I22": [
        (True, plan(one(HOME))),
        (True, plan(one(SETTLED), GOOD)),
        (False, plan(one(HOME), WORK)),
        (False, plan(GOOD)),
    ],
    "V01": [
        (True, plan(one(VISITS, {2022: 100, 2023: 101}))),
        (True, plan(one(ACP, {2022: 30}))),
        (False, plan(one(ACP, {2023: 30}))),
        (False, plan(one(VISITS, {2022: 100, 2025: {"state": "unknown"}}))),
        (False, plan(one(VISITS))),
    ],
    "V02": [
        (True, plan(one(CASES, {2024: 100}))),
        (True, plan(share({2024: 30}), own=own(frequency="年1回"))),
        (False, plan(one(CASES, {2025: 100}))),
        (False, plan(one("home_endoflife_care_count", {2024: 20}))),
        (False, plan(one(ACP, {2024: 30}))),
    ],
    "V03": [
        (True, plan(share({2025: 315}), own=own())),
        (True, plan(one(CASES, {2025: -3}))),
        (False, plan(share({2025: 100, 2024: 0}), own=own())),
        (False, plan(share({2025: -3}), own=own(value_kind="difference", unit="ポイント"))),
    ],
    "V04": [
        (True, plan(one(CASES, {2024: 100, 2025: 160}))),
        (True, plan(one(CASES, {2025: 100, 2026: 10}))),
        (False, plan(one(CASES, {2024: 100, 2025: {"value": "160", "checked_as": "actual"}}))),
        (False, plan(one(CASES, {2024: 100, 2025: {"value": "160", "note": "窓口を増やした"}}))),
        (False, plan(one(CASES, {2021: 100, 2022: 160, 2025: 161}))),
        # Half a year that is more than the whole one before is asked about, less is no news.
        (True, plan(one(CASES, {2025: 100, 2026: HALF_A_YEAR | {"value": "160"}}))),
        (True, plan(one(CASES, {2025: 100, 2026: HALF_A_YEAR | {"value": "1000"}}))),
        (False, plan(one(CASES, {2025: 100, 2026: HALF_A_YEAR | {"value": "10"}}))),
        (False, plan(one(CASES, {2025: 100, 2026: HALF_A_YEAR | {"value": "120"}}))),
        (
            False,
            plan(one(CASES, {2025: 100, 2026: HALF_A_YEAR | {"value": "160", "note": "増員"}})),
        ),
    ],
    "V05": [
        (True, plan(share({2025: SMALL | {"numerator": "15"}}), own=own())),
        (True, plan(one(ACP, {2025: LARGE | {"numerator": "1401"}}))),
        (False, plan(share({2025: SMALL | {"numerator": "14"}}), own=own())),
        (False, plan(share({2025: 50}), own=own())),
    ],
    "V06": [
        (True, plan(one(CASES, {2025: 7}, audience="prefecture"))),
        (True, plan(share({2025: SMALL}, audience="public"), own=own())),
        (False, plan(one(CASES, {2025: 7}, audience="adviser"))),
        (False, plan(one(CASES, {2025: 0, 2024: 700}, audience="prefecture"))),
    ],
    "V07": [
        (True, plan(share({2025: SMALL}), own=own())),
        (True, plan(one(ACP, {2025: SMALL | {"denominator": "29"}}))),
        (False, plan(one(ACP, {2025: SMALL | {"denominator": "30"}}))),
        (False, plan(share({2025: SMALL | {"note": "参考値"}}), own=own())),
    ],
    "V08": [
        (
            True,
            plan(
                tally(
                    {
                        2024: {"value": "5", "note": "暦年"},
                        2025: {"value": "6", "as_of": "2026-03-31"},
                    }
                ),
                own=counting(),
            ),
        ),
        (
            True,
            plan(
                one(
                    CASES,
                    {
                        2024: {"value": "5", "as_of": "2024-12-31"},
                        2025: {"value": "6", "note": "4～3月"},
                    },
                )
            ),
        ),
        (
            False,
            plan(
                one(
                    CASES,
                    {
                        2025: {"value": "50", "as_of": "2026-03-31"},
                        2026: {"value": "30", "as_of": "2026-12-31", "finality": "preliminary"},
                    },
                )
            ),
        ),
        (
            False,
            plan(
                one(
                    CASES,
                    {2024: {"value": "5", "note": "暦年"}, 2025: {"value": "6", "note": "1～12月"}},
                )
            ),
        ),
    ],
    "V09": [
        (True, plan(share({2024: 50, 2025: {"value": "20", "checked_as": "method"}}), own=own())),
        (True, plan(share({2024: {"value": "20", "checked_as": "system"}, 2025: 50}), own=own())),
        (
            False,
            plan(
                share({2024: 50, 2025: {"value": "20", "checked_as": "method"}}),
                own=own(definition_versions=SPLIT),
            ),
        ),
        (False, plan(share({2024: 50, 2025: {"value": "20", "checked_as": "actual"}}), own=own())),
    ],
    "V10": [
        (True, plan(share({2025: ZERO}), own=own())),
        (
            True,
            plan(
                one("home_visit_nursing_users", {2025: 0}),
                resources=[{"key": "r", "kind": "clinic", "name": "診療所"}],
            ),
        ),
        (False, plan(one("home_visit_nursing_users", {2025: 0}))),
        (
            False,
            plan(
                one("home_visit_nursing_users", {2025: 0}),
                resources=[{"key": "r", "kind": "visiting_nurses", "name": "訪問看護"}],
            ),
        ),
    ],
    "V11": [
        (True, plan(falling(90, 80, 79, 78))),
        (True, plan(one(LEAK, {2022: 20, 2023: 21, 2024: 22, 2025: 25}))),
        (False, plan(falling(90, 80, 80, 78))),
        (False, plan(falling(80, 79, 78))),
        (False, plan(one(CASES, {2022: 90, 2023: 80, 2024: 79, 2025: 78}))),
    ],
    "V12": [
        (True, plan(one(VISITS, STEADY | {2026: 104}, baseline_year=2022, targets={2029: "200"}))),
        (
            True,
            plan(
                one(
                    VISITS,
                    {2023: 100, 2026: {"value": "105", "finality": "forecast"}},
                    baseline_year=2023,
                    targets={2026: "110"},
                )
            ),
        ),
        (False, plan(one(VISITS, STEADY | {2026: 104}, baseline_year=2022, targets={2029: "105"}))),
        (False, plan(WORK)),
    ],
    "V13": [
        (True, plan(one(VISITS, {2025: {"value": "90", "source": "水戸市の在宅医療の調査"}}))),
        (True, plan(one(VISITS, {2025: {"value": "90", "source": "茨城県水戸市「高齢者調査」"}}))),
        (False, plan(one(VISITS, {2025: {"value": "90", "source": "水戸市医師会の調査"}}))),
        (False, plan(one(VISITS, {2025: {"value": "90", "source": "見本市・水戸市の合同調査"}}))),
        (False, plan(one(VISITS, {2025: {"value": "90", "source": "市の住民調査、県の統計"}}))),
    ],
}
CASES_OF_RULES = [
    pytest.param(rule, is_broken, file, id=f"{rule}-{number}")
    for rule, cases in CASE.items()
    for number, (is_broken, file) in enumerate(cases, 1)
]
# What stands well by itself can only fill a gap, never open one.
NEVER_MORE = ("I01", "I14", "I15", "I18", "I19", "I22")


@pytest.mark.parametrize(("rule", "is_broken", "file"), CASES_OF_RULES)
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule, is_broken, file):
    assert bool(found(rule, looked_at(file))) is is_broken


def test_every_rule_has_two_years_that_break_it_and_two_that_do_not():
    assert set(CASE) == {rule.id for rule in RULES}
    for cases in CASE.values():
        told = [is_broken for is_broken, _ in cases]
        assert min(told.count(True), told.count(False)) >= 2


def test_rules_are_those_of_the_domain():
    wanted = [f"I{number:02}" for number in range(1, 23)] + [
        f"V{number:02}" for number in range(1, 14)
    ]
    assert sorted(rule.id for rule in RULES) == wanted
    assert all(rule.why and rule.example and rule.source for rule in RULES)


def test_a_target_of_last_year_that_has_been_reached_since_was_not_set_too_low():
    file = plan(one(VISITS, STEADY, baseline_year=2022, targets={2026: "102"}))
    assert found("I10", looked_at(file))
    assert not found(
        "I10", looked_at(file, before=file | {"fiscal_year": 2025, "measurements": []})
    )


def test_who_acts_on_an_outcome_is_not_told_again_that_it_falls_short():
    file = plan(one(VISITS, STEADY | {2026: 104}, baseline_year=2022, targets={2029: "200"}))
    acted = {"improvements": [{"key": "x", "outcome": "one", "activity": None, "what": "訪ねる"}]}
    other = {"improvements": [{"key": "x", "outcome": "two", "activity": None, "what": "訪ねる"}]}
    assert found("V12", looked_at(file, beside=other))
    assert not found("V12", looked_at(file, beside=acted))


def test_who_acts_on_the_indicator_itself_is_not_told_so_either():
    file = plan(one(VISITS, STEADY | {2026: 104}, baseline_year=2022, targets={2029: "200"}))
    key = found("V12", looked_at(file))[0].key
    row = {"key": "x", "outcome": None, "activity": None, "what": "訪ねる"}

    about = [looked_at(file, beside={"improvements": [row | {"indicator": n}]}) for n in (key, "x")]

    assert [bool(found("V12", year)) for year in about] == [False, True]


def test_a_year_without_anything_finds_nothing():
    assert look(RULES, looked_at(plan(logic_models=[]))) == []


def test_an_unknown_code_is_passed_over():
    year = looked_at(plan(GOOD, one(VISITS)))
    known = {code: row for code, row in year.definitions.items() if code != VISITS}
    assert all(
        "visit" not in one.place.key for one in look(RULES, replace(year, definitions=known))
    )


BROKEN = [file for cases in CASE.values() for is_broken, file in cases if is_broken]


@settings(max_examples=30)
@given(st.sampled_from(BROKEN), st.randoms(use_true_random=False))
def test_findings_do_not_hang_on_the_order_of_rows(file, chance: random.Random):
    mixed = {
        name: chance.sample(part, len(part)) if isinstance(part, list) else part
        for name, part in file.items()
    }
    assert told(looked_at(mixed)) == told(looked_at(file))


@given(st.sampled_from(BROKEN))
def test_a_good_indicator_more_never_opens_a_gap(file):
    if any(row["indicator"] in (ACP, OFFICES) for row in file["indicators"]):
        return
    more = plan(GOOD, one(OFFICES, {2025: 3}))
    richer = file | {
        name: [*file[name], *more[name]]
        for name in ("indicators", "indicator_uses", "measurements")
    }
    wider = {one for one in told(looked_at(richer)) if one[0] in NEVER_MORE}
    assert wider <= told(looked_at(file))


def told(year):
    """Return what is found, without the numbers that a message tells."""
    return {(one.rule.id, one.place.label, one.place.key) for one in look(RULES, year)}
