"""What is asked about the values of a file: the same as of a town's own, counted by kind, the first of them told."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from indicators.arithmetic import warnings
from indicators.entering import asking
from indicators.intake.comparing import doubting
from indicators.intake.comparing.doubting import MOST, Published
from indicators.intake.extracting.extracted import Extracted, Spots
from indicators.intake.layouts.beside import Beside

TOWN = ("municipality", "990019")
DEFINITIONS = {
    "visits": SimpleNamespace(
        code="visits", name="訪問", unit="件", decimals=0, value_kind="count"
    ),
    "share": SimpleNamespace(
        code="share", name="割合", unit="％", decimals=1, multiplier=100, value_kind="ratio"
    ),
}


def taken(values, beside=None):
    """Return what a file with one row gives, by indicator and year."""
    spots = Spots()
    spots.rows[TOWN] = 2
    spots.columns = {column: number for number, column in enumerate(values, start=3)}
    table = {TOWN: {column: (Decimal(value), "value") for column, value in values.items()}}
    told = {(TOWN, column): one for column, one in (beside or {}).items()}
    return Extracted(table, spots, [], 0, 1, told)


def codes(found):
    return {code: count for code, count in found.counts.items() if count}


def asked(values, beside=None, **published):
    return doubting.doubts(taken(values, beside), Published(**published), DEFINITIONS)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({("visits", 2023): "12", ("visits", 2024): "120"}, warnings.TIMES_OF_LAST),
        ({("visits", 2023): "3000", ("visits", 2024): "3"}, warnings.TIMES_OF_LAST),
        ({("visits", 2023): "100", ("visits", 2024): "131"}, warnings.GREATLY_CHANGED),
        ({("share", 2024): "100.1"}, warnings.OUT_OF_RANGE),
        ({("share", 2024): "-0.1"}, warnings.OUT_OF_RANGE),
        ({("visits", 2024): "-1"}, warnings.NEGATIVE),
        ({("visits", 2024): "12.5"}, warnings.FRACTION),
    ],
)
def test_each_kind_of_doubt_is_found_with_its_question(values, code):
    found = asked(values)

    assert codes(found) == {code: 1}
    (one,) = found.first[code]
    assert one.message
    assert (one.row, one.column) == (2, 2 + len(values))


@pytest.mark.parametrize(
    "values",
    [
        {("visits", 2023): "100", ("visits", 2024): "130"},
        {("visits", 2023): "2", ("visits", 2024): "6"},
        {("visits", 2023): "0", ("visits", 2024): "500"},
        {("share", 2024): "100", ("visits", 2024): "12"},
    ],
)
def test_nothing_is_asked_about_what_is_usual(values):
    assert codes(asked(values)) == {}


def test_a_value_is_held_beside_what_is_published_of_the_year_before():
    earlier = {TOWN: {("visits", 2023): Decimal(12)}}

    assert codes(asked({("visits", 2024): "1200"}, earlier=earlier)) == {warnings.TIMES_OF_LAST: 1}
    other = {("municipality", "990027"): {("visits", 2023): Decimal(12)}}
    assert codes(asked({("visits", 2024): "1200"}, earlier=other)) == {}


@pytest.mark.parametrize(
    ("value", "year", "code"),
    [
        ("131", 2024, warnings.GREATLY_CHANGED),
        ("131", 2025, ""),
        ("131", 2028, ""),
        ("1000", 2028, warnings.TIMES_OF_LAST),
        ("1", 2025, warnings.TIMES_OF_LAST),
    ],
)
def test_a_great_change_is_one_from_the_year_directly_before(value, year, code):
    in_one_file = asked({("visits", 2023): "100", ("visits", year): value})
    published = asked({("visits", year): value}, earlier={TOWN: {("visits", 2023): Decimal(100)}})

    assert codes(in_one_file) == codes(published) == ({code: 1} if code else {})
    if code:
        assert "令和5年度（2023年度）の値100件" in in_one_file.first[code][0].message


def test_a_numerator_over_its_denominator_is_asked_about():
    column = ("share", 2024)
    told = {column: Beside(Decimal(20), Decimal(10))}

    both = {warnings.PARTS_SWAPPED: 1, asking.NOT_OF_ITS_PARTS: 1}
    assert codes(asked({column: "50"}, told)) == both
    assert codes(asked({column: "50"}, {column: Beside(Decimal(10), Decimal(20))})) == {}


@pytest.mark.parametrize(
    ("kind", "stands"),
    [("ratio", doubting.VALUE_AND_PARTS), ("difference", doubting.VALUE_ALONE)],
)
def test_of_a_value_against_its_own_parts_it_is_told_which_one_stands(kind, stands):
    column = ("share", 2024)
    definition = SimpleNamespace(**vars(DEFINITIONS["share"]) | {"value_kind": kind})
    file = taken({column: "50"}, {column: Beside(Decimal(812), Decimal(10_000))})

    found = doubting.doubts(file, Published(), {"share": definition})

    (one,) = found.first[asking.NOT_OF_ITS_PARTS]
    assert one.message.startswith("分子÷分母から計算すると8.1です。")
    assert one.message.endswith(stands)


@pytest.mark.parametrize(("year", "asks"), [(2023, 0), (2026, 1)])
def test_the_day_of_a_table_is_one_of_the_values_of_its_year_alone(year, asks):
    """Of a value that is asked about for another reason: the day of the table lies in one of its years."""
    column = ("share", year)
    told = taken({("visits", 2023): "5", ("visits", 2026): "5", column: "100.1"})
    whole = Beside(finality="preliminary", as_of=dt.date(2027, 3, 31))

    surveyed = {
        code: SimpleNamespace(**vars(one), period_basis="調査日現在")
        for code, one in DEFINITIONS.items()
    }

    found = doubting.doubts(
        replace(told, of_all=whole), Published(), surveyed, today=dt.date(2026, 11, 28)
    )

    assert codes(found) == {warnings.OUT_OF_RANGE: 1} | ({warnings.AHEAD: 1} if asks else {})


def test_another_statistic_that_tells_otherwise_is_named():
    others = {TOWN: {("visits", 2024): (Decimal(11), 7)}}
    found = asked({("visits", 2024): "12"}, others=others, titles={7: "別の統計"})

    (one,) = found.first[doubting.TOLD_OTHERWISE]
    assert "「別の統計」では11件です" in one.message
    assert codes(asked({("visits", 2024): "11"}, others=others, titles={7: "別の統計"})) == {}


def test_of_many_the_first_are_kept_and_all_are_counted():
    values = {("visits", year): "0.5" for year in range(1000, 1000 + MOST + 5)}
    found = asked(values)

    assert found.counts[warnings.FRACTION] == MOST + 5
    assert len(found.first[warnings.FRACTION]) == MOST
    assert found.first[warnings.FRACTION][0].fiscal_year == 1000


def test_every_kind_has_a_name():
    assert {*doubting.NAMES} == {
        doubting.NO_LONGER_FINAL,
        doubting.TOLD_OTHERWISE,
        asking.NOT_OF_ITS_PARTS,
        warnings.TIMES_OF_LAST,
        warnings.GREATLY_CHANGED,
        warnings.OUT_OF_RANGE,
        warnings.PARTS_SWAPPED,
        warnings.NEGATIVE,
        warnings.FRACTION,
        warnings.UNFINISHED,
        warnings.AHEAD,
    }
