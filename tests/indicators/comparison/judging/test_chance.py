"""The limits of chance against sums of exact fractions, term by term; and against printed tables."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.comparison.judging import chance
from indicators.comparison.shape import Chance, Quarter

RARE, VERY_RARE = Fraction(25, 1000), Fraction(1, 1000)
ORDER = [Chance.FAR_BELOW, Chance.BELOW, Chance.WITHIN, Chance.ABOVE, Chance.FAR_ABOVE]
TURNED = dict(zip(ORDER, reversed(ORDER), strict=True))


def exact_of_share(count, base, share):
    """Sum the binomial distribution in fractions."""
    terms = [math.comb(base, k) * share**k * (1 - share) ** (base - k) for k in range(base + 1)]
    return exact(sum(terms[: count + 1]), sum(terms[count:]), count < base * share)


def exact_of_count(count, mean):
    """Sum the distribution of Poisson; but for e to the power, which is taken to thirty digits."""
    power = sum(Fraction(-mean) ** k / math.factorial(k) for k in range(120))
    few = power * sum(mean**k / math.factorial(k) for k in range(count + 1))
    fewer = power * sum(mean**k / math.factorial(k) for k in range(count))
    return exact(few, 1 - fewer, count < mean)


def exact(few, many, is_low):
    tail = few if is_low else many
    if tail > RARE:
        return Chance.WITHIN
    far, near = ORDER[:2] if is_low else ORDER[:-3:-1]
    return far if tail <= VERY_RARE else near


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 120), st.data())
def test_a_share_is_judged_as_the_binomial_distribution_does(base, data):
    count = data.draw(st.integers(0, base))
    share = Fraction(data.draw(st.integers(1, 199)), 200)

    assert chance.of_share(count, base, float(share)) == exact_of_share(count, base, share)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 60), st.integers(1, 120))
def test_a_count_is_judged_as_the_distribution_of_poisson_does(count, quarters_of_mean):
    mean = Fraction(quarters_of_mean, 4)

    assert chance.of_count(count, float(mean)) == exact_of_count(count, mean)


@pytest.mark.parametrize(
    ("mean", "limits"),
    # From tables of the cumulative distribution of Poisson: the last counts with a tail of at most
    # 0.1 %, 2.5 % below, and the first ones above. P(X ≤ 3 | 10) = 0.0103, P(X ≥ 18 | 10) = 0.0143.
    [(10.0, (1, 3, 18, 22)), (5.0, (-1, 0, 11, 14))],
)
def test_the_limits_are_those_of_the_printed_tables(mean, limits):
    far_low, low, high, far_high = limits
    told = {count: chance.of_count(count, mean) for count in range(30)}

    assert max((c for c in told if told[c] == Chance.FAR_BELOW), default=-1) == far_low
    assert max(c for c in told if told[c] in ORDER[:2]) == low
    assert min(c for c in told if told[c] in ORDER[3:]) == high
    assert min(c for c in told if told[c] == Chance.FAR_ABOVE) == far_high


@settings(deadline=None)
@given(st.integers(1, 5_000_000), st.floats(0.001, 0.999), st.floats(0, 1))
def test_what_lies_on_the_other_side_of_a_share_is_judged_the_other_way(base, share, part):
    count = round(base * part)
    assume(count != base * share)

    assert (
        chance.of_share(count, base, share)
        == TURNED[chance.of_share(base - count, base, 1 - share)]
    )


@settings(deadline=None)
@given(st.integers(1, 3000), st.floats(0.01, 0.99))
def test_a_higher_count_is_never_judged_lower(base, share):
    steps = sorted({0, base, *(round(base * share) + one for one in range(-60, 61))})
    told = [
        ORDER.index(chance.of_share(count, base, share)) for count in steps if 0 <= count <= base
    ]

    assert told == sorted(told)


@settings(deadline=None)
@given(st.floats(0.1, 20_000))
def test_a_higher_number_of_events_is_never_judged_lower(mean):
    middle = round(mean)
    told = [
        ORDER.index(chance.of_count(count, mean))
        for count in range(max(0, middle - 300), middle + 300, 3)
    ]

    assert told == sorted(told)


def test_the_average_itself_is_within():
    assert chance.of_share(300, 1000, 0.3) == Chance.WITHIN
    assert chance.of_count(40, 40.0) == Chance.WITHIN


def test_where_nobody_or_everybody_is_counted_nothing_is_judged():
    assert chance.of_share(0, 50, 0.0) == Chance.WITHIN
    assert chance.of_share(50, 50, 1.0) == Chance.WITHIN
    assert chance.of_count(0, 0.0) == Chance.WITHIN


def test_each_class_has_its_own_sentence():
    assert set(chance.SENTENCES) == set(Chance)
    assert len(set(chance.SENTENCES.values())) == len(Chance)


@pytest.mark.parametrize("direction", ["higher", "lower", "neutral"])
@pytest.mark.parametrize("quarter", Quarter)
@pytest.mark.parametrize("found", Chance)
def test_a_quarter_stands_out_only_where_chance_points_the_same_way(found, quarter, direction):
    is_high = quarter in ({1, 2} if direction == "lower" else {3, 4})
    same, other = (ORDER[3:], ORDER[:2]) if is_high else (ORDER[:2], ORDER[3:])

    assert chance.stands_out(quarter, found, direction) is (found in same)
    assert chance.is_split(quarter, found, direction) is (found in other)


def test_without_chance_a_quarter_stands_out_and_without_a_quarter_nothing_does():
    assert chance.stands_out(Quarter.LOW, None, "higher")
    assert not chance.is_split(Quarter.LOW, None, "higher")
    assert not chance.stands_out(None, Chance.FAR_ABOVE, "higher")
    assert not chance.is_split(None, Chance.FAR_ABOVE, "higher")
