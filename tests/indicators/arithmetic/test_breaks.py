"""With a change of the definition between two years, nothing relates the numbers on its two sides."""

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import national_versions
from indicators.arithmetic import breaks
from indicators.arithmetic.warnings import Typed, doubts, limits
from indicators.charts.plotly import figure
from indicators.charts.spark import spark
from indicators.charts.svg import drawing
from indicators.charts.table import table
from indicators.followed.following import distance_of
from indicators.measurements.series import trend_chart
from indicators.models import Definition
from indicators.verdicts.evaluation import evaluate

FIRST, CHANGED, LAST = 2021, 2024, 2029
YEARS = range(FIRST, LAST + 1)
NUMBERS = st.dictionaries(st.sampled_from(YEARS), st.integers(0, 100), min_size=1)


@dataclass(frozen=True)
class Change:
    fiscal_year: int = CHANGED
    what_changed: str = "分母を全数から回答数に改めた"
    is_break: bool = True


def definition(*changes, direction="higher"):
    return SimpleNamespace(
        name="参加率",
        unit="％",
        decimals=1,
        direction=direction,
        value_kind="ratio",
        numerator="",
        told_versions=changes,
    )


BROKEN, WHOLE = definition(Change()), definition()


def value(year, number):
    return SimpleNamespace(
        key=f"v-{year}",
        fiscal_year=year,
        value=Decimal(number),
        numerator=None,
        denominator=None,
        state="value",
        finality="final",
        as_of=None,
        source="調査",
        is_official=False,
    )


def target(year, number):
    return SimpleNamespace(fiscal_year=year, value=Decimal(number))


def rows(numbers):
    return {year: value(year, number) for year, number in sorted(numbers.items())}


def targets(numbers):
    return [target(year, number) for year, number in sorted(numbers.items())]


def judged(told, numbers, aims, *, baseline, year):
    return evaluate(told, rows(numbers), targets(aims), baseline_year=baseline, year=year).judged


def other_side(numbers, year, by):
    """Return the numbers with those beyond the change moved; those on the year's own side stay."""
    is_new = year >= CHANGED
    return {
        one: number if (one >= CHANGED) is is_new else (number + by) % 101
        for one, number in numbers.items()
    }


MOVED = st.integers(1, 100)
YEAR = st.sampled_from(YEARS)


@given(NUMBERS, NUMBERS, st.none() | YEAR, YEAR, MOVED)
def test_no_verdict_progress_or_forecast_knows_a_number_of_the_other_side(
    numbers, aims, baseline, year, by
):
    moved = (other_side(numbers, year, by), other_side(aims, year, by))

    assert judged(BROKEN, numbers, aims, baseline=baseline, year=year) == judged(
        BROKEN, *moved, baseline=baseline, year=year
    )


@given(NUMBERS, YEAR, MOVED)
def test_no_question_about_a_value_knows_a_number_of_the_other_side(numbers, year, by):
    def asked(told):
        known = [Typed(one, Decimal(number)) for one, number in told.items()]
        return doubts(BROKEN, Typed(year, Decimal(50)), known), limits(BROKEN, known, year=year)

    assert asked(numbers) == asked(other_side(numbers, year, by))


@given(NUMBERS, st.integers(0, 100), YEAR, YEAR, MOVED)
def test_no_distance_is_told_over_the_change(numbers, aim, aimed, year, by):
    def told(values):
        return distance_of(BROKEN, rows(values), target(aimed, aim), year=year)

    assert told(numbers) == told(other_side(numbers, year, by))
    if (aimed >= CHANGED) is not (year >= CHANGED):
        assert not told(numbers)


@given(NUMBERS, NUMBERS)
def test_no_line_of_any_drawing_leads_over_the_change(numbers, aims):
    chart = trend_chart(BROKEN, rows(numbers), targets(aims), years=YEARS, beside=[], datasets=())
    place = CHANGED - FIRST
    border = drawing(chart).breaks[0].x

    assert chart.breaks == (place,)
    for trace in drawing(chart).traces:
        for part in filter(None, trace.line.split("M")):
            xs = [float(pair.split()[0]) for pair in part.split("L")]
            assert max(xs) < border or min(xs) > border
    for trace in figure(chart)["data"]:
        assert not trace["connectgaps"]
        places = [chart.ticks.index(x.replace("<br>", "\n")) for x in trace["x"]]
        sides = [
            None if y is None else at >= place for at, y in zip(places, trace["y"], strict=True)
        ]
        assert not any({one, other} == {True, False} for one, other in pairwise(sides))


@given(st.lists(st.none() | st.integers(0, 9), min_size=2, max_size=6), st.integers(1, 5))
def test_the_small_line_is_lifted_at_the_change(numbers, place):
    drawn = spark([None if one is None else Decimal(one) for one in numbers], breaks={place})
    if drawn is None or place >= len(numbers):
        return
    step = 110 / (len(numbers) - 1)
    border = 5 + step * (place - 0.5)
    for part in filter(None, drawn.line.split("M")):
        xs = [float(pair.split()[0]) for pair in part.split("L")]
        assert max(xs) < border or min(xs) > border


def test_without_the_change_the_same_numbers_are_compared():
    """The negative control: what is forbidden over the change is what happens without it."""
    numbers, aims = {2023: 80, 2024: 40, 2025: 45}, {2028: 90}

    def told(one):
        return evaluate(one, rows(numbers), targets(aims), baseline_year=2023, year=2025)

    assert told(WHOLE).judged.verdict == "worsened"
    assert told(BROKEN).judged.verdict is None
    assert doubts(WHOLE, Typed(2024, Decimal(40)), [Typed(2023, Decimal(80))])
    assert not doubts(BROKEN, Typed(2024, Decimal(40)), [Typed(2023, Decimal(80))])
    assert distance_of(WHOLE, rows(numbers), target(2023, 50), year=2025)
    assert not distance_of(BROKEN, rows(numbers), target(2023, 50), year=2025)


def test_the_verdict_says_that_the_baseline_is_of_another_definition():
    found = evaluate(
        BROKEN, rows({2023: 80, 2025: 95}), targets({2025: 90}), baseline_year=2023, year=2025
    )

    assert found.judged.verdict == "achieved"
    assert found.how.endswith("定義が変わったため、現状値と比べられません。")
    assert found.no_progress == "定義が変わったため、現状値と比べられません。進捗率は計算しません。"


def test_a_target_of_the_old_definition_judges_nothing():
    found = evaluate(BROKEN, rows({2025: 95}), targets({2023: 90}), baseline_year=None, year=2025)

    assert (found.judged.verdict, found.word) == (None, "評価なし")
    assert "目標値と比べられません" in found.how


def test_table_and_note_bear_the_same_mark():
    chart = trend_chart(
        BROKEN, rows({2023: 80, 2024: 40}), [], years=range(2023, 2026), beside=[], datasets=()
    )

    assert chart.notes == (
        "※ 令和6年度（2024年度）に定義が変わりました：分母を全数から回答数に改めた",
    )
    assert [row[0][-1] for row in table(chart).rows] == ["）", "※", "）"]
    assert "※" in json.dumps(figure(chart), ensure_ascii=False)


def test_a_change_that_stays_comparable_is_told_and_breaks_nothing():
    told = definition(Change(is_break=False), Change(2026, "調査の時期を改めた"))

    assert [one.fiscal_year for one in breaks.versions(told)] == [2024, 2026]
    assert [breaks.number(told, year) for year in (2023, 2024, 2025, 2026)] == [1, 2, 2, 3]
    assert breaks.comparable(told, 2023, 2025)
    assert not breaks.comparable(told, 2026, 2025)


@pytest.mark.parametrize("code", sorted(national_versions.shipped()))
def test_every_shipped_change_has_its_source(code):
    for one in national_versions.of(code):
        assert one.source
        assert one.what_changed


def test_a_national_definition_knows_its_changes(monkeypatch, tmp_path):
    file = tmp_path / "versions.csv"
    head = "definition,from_fiscal_year,what_changed,is_break,source\n"
    file.write_text(f"{head}a,2024,後の変更,1,資料\na,2020,前の変更,0,資料\n", encoding="utf-8")
    monkeypatch.setattr(national_versions, "FILE", file)
    monkeypatch.setattr(national_versions, "shipped", national_versions.shipped.__wrapped__)

    assert [one.fiscal_year for one in breaks.of(Definition(code="a"))] == [2024]
    assert breaks.versions(Definition(code="b")) == ()


def test_half_a_year_of_a_count_is_not_joined_to_whole_years():
    counted = SimpleNamespace(**vars(WHOLE) | {"accumulation": "sum"})
    numbers = rows({2024: 240, 2025: 246, 2026: 126})
    numbers[2026].finality, numbers[2026].as_of = "preliminary", dt.date(2026, 9, 30)

    half = trend_chart(counted, numbers, (), years=range(2024, 2027), beside=[], datasets=())
    latest = SimpleNamespace(**vars(counted) | {"accumulation": "latest"})
    other = trend_chart(latest, numbers, (), years=range(2024, 2027), beside=[], datasets=())

    assert half.series[0].partial == (2,)
    assert drawing(half).traces[0].line.count("M") == 2
    assert "令和8年9月末現在・速報の値です。1年分ではないため" in half.notes[-1]
    assert figure(half)["data"][0]["y"][2] is None
    # Nor does a line lead on from half a year that nobody has completed.
    wider = rows({2024: 240, 2025: 120, 2026: 250, 2027: 255})
    wider[2025].finality, wider[2025].as_of = "preliminary", dt.date(2025, 9, 30)
    past = trend_chart(counted, wider, (), years=range(2024, 2028), beside=[], datasets=())
    assert past.series[0].apart == (1, 2)
    assert drawing(past).traces[0].line.count("M") == 3
    assert figure(past)["data"][0]["y"] == [240.0, None, 120.0, None, 250.0, 255.0]
    numbers[2026].finality = "forecast"
    whole = trend_chart(counted, numbers, (), years=range(2024, 2027), beside=[], datasets=())
    # The negative controls: what is expected of the whole year, or told of a day, is joined, and the note tells of the day.
    assert other.series[0].partial == ()
    assert drawing(other).traces[0].line.count("M") == 1
    assert "速報の値です。" in other.notes[-1]
    assert "1年分" not in other.notes[-1]
    assert whole.series[0].partial == ()
