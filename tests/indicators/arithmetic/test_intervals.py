"""95 % intervals against published tables and against sums of exact fractions; which values are 参考値."""

import math
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.arithmetic import intervals
from indicators.arithmetic.intervals import (
    LEAST,
    gamma_share,
    poisson,
    reference,
    smallness,
    wilson,
)

# The exact limits of a count as printed in tables of the Poisson distribution (Garwood 1936; Ulm 1990).
TABLE = {
    0: (0, 3.689),
    1: (0.025, 5.572),
    2: (0.242, 7.225),
    3: (0.619, 8.767),
    4: (1.090, 10.242),
    5: (1.623, 11.668),
    6: (2.202, 13.059),
    7: (2.814, 14.423),
    8: (3.454, 15.763),
    9: (4.115, 17.085),
    10: (4.795, 18.390),
    15: (8.395, 24.740),
    20: (12.217, 30.888),
    30: (20.241, 42.827),
    50: (37.111, 65.919),
    100: (81.364, 121.627),
}


@pytest.mark.parametrize("count", TABLE)
def test_the_limits_of_a_count_are_those_of_the_table(count):
    assert poisson(count) == pytest.approx(TABLE[count], abs=6e-4)


@pytest.mark.parametrize(
    ("above", "below", "low", "high"),
    [
        # Newcombe 1998, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_the_limits_of_a_share_are_those_of_newcombe(above, below, low, high):
    assert wilson(above, below) == pytest.approx((low, high), abs=6e-5)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 250))
def test_at_its_limits_so_many_or_so_few_have_a_chance_of_a_fortieth(count):
    """Summed term by term in exact fractions but for e to the power, which both share."""
    low, high = poisson(count)

    assert chance_of_fewer(count + 1, high) == pytest.approx(0.025, rel=1e-9)
    if count:
        assert 1 - chance_of_fewer(count, low) == pytest.approx(0.025, rel=1e-9)


def chance_of_fewer(count, mean):
    mean = Fraction(mean)
    term, total = Fraction(1), Fraction(0)
    for number in range(count):
        total += term
        term = term * mean / (number + 1)
    # The sum is too large for a float where e to the power is too small for one.
    logarithm = math.log(total.numerator) - math.log(total.denominator) if total else -math.inf
    return math.exp(logarithm - float(mean))


@settings(deadline=None)
@given(st.integers(1, 2000), st.floats(0.001, 4000))
def test_the_two_ways_of_the_gamma_function_agree_with_its_recurrence(shape, mean):
    """P(a, x) − P(a+1, x) = xᵃ e⁻ˣ ÷ a!, across the border between series and fraction."""
    step = math.exp(shape * math.log(mean) - mean - math.lgamma(shape + 1))

    assert gamma_share(shape, mean) - gamma_share(shape + 1, mean) == pytest.approx(step, abs=1e-10)


@given(st.integers(1, 5000), st.data())
def test_a_share_lies_within_its_interval_and_both_within_nothing_and_all(below, data):
    above = data.draw(st.integers(0, below))
    low, high = wilson(above, below)

    assert 0 <= low <= above / below <= high <= 1
    assert wilson(below - above, below) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_great_counts_come_near_to_the_normal_distribution():
    low, high = poisson(1_000_000)

    assert low == pytest.approx(1_000_000 - 1960, abs=3)
    assert high == pytest.approx(1_000_000 + 1961, abs=3)


def definition(kind="ratio", unit="％", decimals=1, code="own-1", numerator=""):
    return SimpleNamespace(
        code=code, unit=unit, decimals=decimals, value_kind=kind, numerator=numerator
    )


def value(number, numerator=None, denominator=None, state="value"):
    parts = (None if one is None else Decimal(one) for one in (number, numerator, denominator))
    number, numerator, denominator = parts
    return SimpleNamespace(state=state, value=number, numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    ("told", "parts", "said"),
    [
        (
            definition(),
            ("9.0", 9, 100),
            "件数が少ないため参考値です（95％信頼区間：4.8～16.2％）。",
        ),
        (
            definition(),
            ("50.0", 20, 40),
            "母数が少ないため参考値です（95％信頼区間：35.2～64.8％）。",
        ),
        (
            definition("survey_ratio"),
            ("50.0", 14, 28),
            "母数が少ないため参考値です（95％信頼区間：32.6～67.4％）。",
        ),
        (
            definition("rate", "人／10万人"),
            ("50.0", 4, 8000),
            "件数が少ないため参考値です（95％信頼区間：13.6～128.0人／10万人）。",
        ),
        (
            definition("rate", "人／千人"),
            ("2.5", 20, 8000),
            "母数が少ないため参考値です（95％信頼区間：1.5～3.9人／千人）。",
        ),
        (
            definition("count", "人", 0),
            ("8",),
            "件数が少ないため参考値です（95％信頼区間：3～16人）。",
        ),
        (definition("count", "人", 1), ("8.5",), "件数が少ないため参考値です。"),
    ],
)
def test_a_small_number_says_so_with_its_interval(told, parts, said):
    assert reference(told, value(*parts)) == said


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        (definition(), ("10.0", 10, 100)),
        (definition("survey_ratio"), ("50.0", 15, 30)),
        (definition("rate", "人／10万人"), ("100.0", 10, 10_000)),
        (definition("count", "人", 0), ("10",)),
        # Bodies, meetings and attendance are counted; chance does not move them.
        (definition("count", "か所", 0), ("3",)),
        (definition("count", "回", 0), ("3",)),
        (definition("count", "人", 0, numerator="研修の参加者"), ("3",)),
        # Without its parts nobody knows how many a share counts; a stage or a gap counts nobody.
        (definition(), ("50.0",)),
        (definition("stage", "段階"), ("2", 1, 2)),
        (definition("difference", "ポイント"), ("2", 1, 2)),
    ],
)
def test_what_is_large_enough_or_counts_nobody_is_no_reference(told, parts):
    assert reference(told, value(*parts)) == ""


def test_a_reason_for_no_value_is_no_small_number():
    assert smallness(definition("count", "人", 0), value(None, state="suppressed")) == ""


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        (definition(), ("120.0", 6, 5)),
        (definition(), ("0", 0, 0)),
        (definition(unit="点"), ("3", 3, 5)),
        (definition("rate", "人／千人"), ("3", "1.5", 5)),
    ],
)
def test_without_a_sensible_base_there_is_no_interval(told, parts):
    assert intervals.interval(told, value(*parts)) is None


def test_the_thresholds_are_those_that_are_written_down():
    assert (LEAST.cases, LEAST.base, LEAST.answers, LEAST.population) == (10, 100, 30, 10_000)
