"""Months, quarters and areas become a year by the rule of the definition: in exact numbers, what is missing left out."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic import accumulating, periods
from indicators.arithmetic.accumulating import (
    Piece,
    accumulated,
    allowed,
    stored,
    summed_areas,
    usual,
)
from indicators.arithmetic.printing import half_up
from indicators.choices import Accumulation, PartKind, Period, ValueKind
from indicators.models import Definition

numbers = st.integers(0, 10**8).map(lambda n: Fraction(n, 10**4))
counts = st.lists(numbers, min_size=1, max_size=12)
shares = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12)


def counted(found):
    return [Piece(value=one) for one in found]


def shared(found):
    return [Piece(numerator=above, denominator=below) for above, below in found]


@given(counts)
def test_counts_are_added_averaged_or_the_last_one_stands(found):
    assert accumulated("sum", counted(found)).value == sum(found)
    assert accumulated("average", counted(found)).value * len(found) == sum(found)
    assert accumulated("latest", counted(found)).value == found[-1]
    assert accumulated("running", counted(found)).value == found[-1]
    assert summed_areas("sum", counted(found)).value == sum(found)


@given(shares, st.sampled_from([1, 100, 1000, 100_000]))
def test_shares_are_pooled_and_never_averaged(found, times):
    above, below = (sum(one[at] for one in found) for at in (0, 1))
    for whole in (
        accumulated("pooled", shared(found), multiplier=times),
        summed_areas("pooled", shared(found), multiplier=times),
    ):
        assert (whole.numerator, whole.denominator) == (above, below)
        assert whole.value == (above * times / below if below else None)


@given(shares)
def test_a_rate_divides_the_sum_by_the_last_denominator(found):
    above, last = sum(one for one, _ in found), found[-1][1]
    whole = accumulated("rated", shared(found), multiplier=1000)
    assert (whole.numerator, whole.denominator) == (above, last)
    assert whole.value == (above * 1000 / last if last else None)


@given(shares)
def test_the_last_share_keeps_what_it_is_made_of(found):
    above, below = found[-1]
    whole = accumulated("latest", shared(found), multiplier=100)
    assert (whole.numerator, whole.denominator) == (above, below)


def test_averaging_shares_would_tell_another_number():
    """The negative control: pooling and averaging differ, so that the tests above can tell them apart."""
    found = [(Fraction(1), Fraction(2)), (Fraction(9), Fraction(10))]
    average = sum(above / below for above, below in found) / 2
    assert accumulated("pooled", shared(found)).value == Fraction(10, 12) != average


def test_a_piece_without_a_number_is_never_taken_as_zero():
    with pytest.raises(TypeError):
        accumulated("sum", [Piece(value=Fraction(1)), Piece()])


@given(st.fractions(-(10**9), 10**9), st.integers(0, 4))
def test_what_is_stored_prints_as_the_exact_number_would(number, decimals):
    kept = stored(number, decimals=decimals)
    assert half_up(Fraction(kept), decimals) == half_up(number, decimals)
    assert kept.as_tuple().exponent >= -4


def test_differences_stages_and_scores_are_never_added_up():
    for kind in (ValueKind.DIFFERENCE, ValueKind.STAGE, ValueKind.SCORE):
        assert allowed(kind) == (Accumulation.LATEST,)
        assert accumulating.over_areas(SimpleNamespace(value_kind=kind)) == ""
    for kind in (ValueKind.RATIO, ValueKind.SURVEY_RATIO):
        assert not {Accumulation.SUM, Accumulation.AVERAGE} & set(allowed(kind))
        assert accumulating.over_areas(SimpleNamespace(value_kind=kind)) == "pooled"


@pytest.mark.parametrize(
    ("kind", "unit", "rule"),
    [
        ("count", "件", "sum"),
        ("count", "か所", "latest"),
        ("count", "人／月（平均）", "average"),
        ("ratio", "％", "pooled"),
        ("rate", "件／千人", "rated"),
        ("rate", "か所／10万人", "latest"),
        ("score", "点", "latest"),
    ],
)
def test_the_usual_rule_follows_kind_and_unit(kind, unit, rule):
    assert usual(kind, unit) == rule
    assert usual(kind, unit) in allowed(kind)


@pytest.mark.django_db
def test_every_definition_of_the_catalogue_has_a_rule_that_suits_it():
    rules = Path(accumulating.__file__).parents[1] / "data" / "accumulation.csv"
    with rules.open(encoding="utf-8", newline="") as file:
        told = {row["code"]: row["accumulation"] for row in csv.DictReader(file)}
    rows = list(Definition.objects.filter(code__in=told))

    assert len(rows) == len(told)
    for one in rows:
        assert one.accumulation == told[one.code]
        assert one.accumulation in allowed(one.value_kind), one.code
        says_average = "月平均" in f"{one.numerator}{one.name}"
        assert one.accumulation != Accumulation.AVERAGE or says_average, one.code


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("04", "2026-04-30"),
        ("12", "2026-12-31"),
        ("02", "2027-02-28"),
        ("03", "2027-03-31"),
        ("q1", "2026-06-30"),
        ("q4", "2027-03-31"),
        ("h1", "2026-09-30"),
        ("year", "2027-03-31"),
    ],
)
def test_a_period_ends_with_its_last_day(period, day):
    assert str(periods.last_day(period, 2026)) == day


def test_every_period_belongs_to_one_kind():
    assert sorted(sum(periods.OF_KIND.values(), ())) == sorted(Period)


MONTHS = [periods.short(one) for one in periods.MONTHS]


@pytest.mark.parametrize(
    ("kind", "labels", "known", "words"),
    [
        (PartKind.MONTH, MONTHS, MONTHS[:9], "4月〜12月の9か月分"),
        (PartKind.MONTH, MONTHS, ["4月"], "4月の1か月分"),
        (PartKind.MONTH, MONTHS, ["4月", "6月"], "4月〜6月の2か月分（5月の値がありません）"),
        (PartKind.MONTH, MONTHS, [], "まだ値がありません"),
        (PartKind.AREA, ["東", "西"], ["東"], "2圏域のうち1圏域分（西の値がありません）"),
    ],
)
def test_it_is_told_how_much_of_the_year_is_known(kind, labels, known, words):
    assert periods.told(kind, labels, known) == words


def test_decimals_of_the_column_are_kept_exactly():
    assert stored(Fraction(1, 3)) == Decimal("0.3333")
    assert stored(Fraction(5, 4)) == Decimal("1.25")
