"""Several years as one, against exact fractions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic.derivation import ratio
from indicators.comparison.judging import pooling
from indicators.comparison.judging.pooling import SCALE, Part

COUNTS = st.integers(0, 10**8)


def test_numerators_and_denominators_are_summed_and_never_the_rates():
    above = [{"a": 1, "b": 5}, {"a": 30}]
    below = [{"a": 10, "b": 50}, {"a": 100}]

    found = pooling.pooled(above, below, ["a", "b", "c"])

    assert found == {"a": Part(31, 110, 2), "b": Part(5, 50, 1)}


def test_a_year_without_either_is_left_out():
    found = pooling.pooled([{"a": 1}, {"a": 2}], [{}, {"a": 20}], ["a"])

    assert found == {"a": Part(2, 20, 1)}


@given(COUNTS, st.integers(1, 10**8), st.sampled_from([1, 100, 1000, 100_000]))
def test_a_rate_is_the_one_that_statistics_are_stored_with(above, below, times):
    part = Part(above * SCALE, below * SCALE, 1)

    assert Decimal(pooling.rate(part, times)).scaleb(-4) == ratio(
        Decimal(above), Decimal(below), times
    )


@given(COUNTS, st.integers(1, 10**8), st.integers(0, 3))
def test_rounded_once_more_it_is_what_the_exact_rate_rounds_to(above, below, digits):
    scaled = pooling.rate(Part(above * SCALE, below * SCALE, 1), 100)
    printed = Decimal(scaled).scaleb(-4).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)

    exact = Fraction(above * 100, below) * 10**digits
    assert printed.scaleb(digits) == (2 * exact.numerator + exact.denominator) // (
        2 * exact.denominator
    )


def test_nobody_to_count_among_gives_no_rate():
    assert pooling.rate(Part(0, 0, 1), 100) is None


@given(st.lists(st.tuples(COUNTS, COUNTS)))
def test_the_average_is_of_all_people_together_in_any_order(pairs):
    parts = [Part(above, below, 1) for above, below in pairs]

    assert pooling.average(parts) == pooling.average(reversed(parts))
    assert pooling.average(parts)[:2] == (sum(a for a, _ in pairs), sum(b for _, b in pairs))
