"""Each verdict on the demo's 評価シート, computed here anew: by hand, from the counts in its document, in fractions.

What is printed there (61.2 ％) is never computed with: the counts are (126 of 206).
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from indicators.verdicts.evaluation import evaluate
from tests.indicators.rule_years import definitions, demo, document

YEAR = 2026


@pytest.fixture(scope="module")
def town():
    return document(demo("990019-2026"))


def judged(town, code):
    """Return the product's judgement of an indicator of the document."""
    (row,) = (one for one in town["indicators"] if one["indicator"] == code)
    values = [one for one in town["measurements"] if one["indicator"] == code]
    return evaluate(
        SimpleNamespace(**definitions(town)[code]),
        {one["fiscal_year"]: measured(one) for one in values},
        [aimed(one) for one in row["targets"]],
        baseline_year=row["baseline_year"],
        year=YEAR,
    )


def measured(row):
    numbers = ("value", "numerator", "denominator")
    told = {name: row[name] and Decimal(row[name]) for name in numbers}
    day = row["as_of"] and dt.date.fromisoformat(row["as_of"])
    return SimpleNamespace(**row | told | {"as_of": day})


def aimed(row):
    return SimpleNamespace(fiscal_year=row["fiscal_year"], value=Decimal(row["value"]))


# The baseline, the year and the target as they stand in the document: in per cent, in per thousand, in what is counted.
CASES = {
    # 達成: 61.165… of 100, to be 60 or more.
    "consultation_desk_awareness_rate": ("達成", Fraction(8300, 186), Fraction(12600, 206), 60),
    # 未達: 66.438…, to be 70 or more.
    "admission_info_provision_rate": ("未達", Fraction(14600, 276), Fraction(19400, 292), 70),
    # 現状値より悪化, where lower is better: from 22.426… to 24.390….
    "discharge_coordination_leak_rate": (
        "現状値より悪化",
        Fraction(6100, 272),
        Fraction(7000, 287),
        15,
    ),
    # 未達見込み, where lower is better: 26.5625, preliminary, to be 25 or less.
    "local_resource_unknown_rate": ("未達見込み", Fraction(6500, 170), Fraction(1700, 64), 25),
    # 達成見込み: 163 a month, preliminary, to be 160 or more.
    "home_visit_patients": ("達成見込み", Fraction(142), Fraction(163), 160),
    # 達成見込み by the line to 2029, from so few people that it is a 参考値.
    "preferred_place_achieved_rate": (
        "達成見込み（参考値）",
        Fraction(700, 12),
        Fraction(700, 11),
        70,
    ),
}
# 最終年度見込: the baseline, and what lies between it and the year so many times (years ahead ÷ years passed).
TIMES = {"preferred_place_achieved_rate": Fraction(4, 1)}
SIX_YEARS_OF_THREE = Fraction(6, 3)


@pytest.mark.parametrize("code", CASES)
def test_a_verdict_of_the_demo_comes_from_its_counts(town, code):
    word, start, now, target = CASES[code]

    found = judged(town, code)

    assert found.word == word
    assert found.judged.ratio == now / target
    assert found.judged.progress == (now - start) / (target - start)
    ahead = TIMES.get(code, SIX_YEARS_OF_THREE)
    assert found.judged.forecast.number == start + (now - start) * ahead
    assert found.judged.forecast.year == 2029


def test_what_is_not_collected_in_the_year_of_its_target_has_no_forecast(town):
    """A line drawn to the very year that is shown would read like its value."""
    found = judged(town, "emergency_transport_65plus_rate")

    assert found.word == "未回収（未入力）"
    assert (found.judged.ratio, found.judged.progress, found.judged.forecast) == (None,) * 3


def test_what_is_watched_is_not_judged(town):
    found = judged(town, "consultation_desk_cases")

    assert found.word == "監視"
    assert (found.judged.verdict, found.judged.ratio, found.judged.progress) == (None, None, None)


def test_the_interval_beside_a_reference_value_is_wilsons(town):
    """Seven of eleven: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), with z = 1.959964."""
    p, n, z = 7 / 11, 11, 1.959964
    middle, width = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    low, high = (100 * (middle + way * width) / (1 + z * z / n) for way in (-1, 1))

    told = judged(town, "preferred_place_achieved_rate").reference

    assert f"95％信頼区間：{low:.1f}～{high:.1f}％" in told
