"""A change is told from chance by exact tests: held against sums of binomial coefficients in fractions."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.comparison.judging.change import Count, Moved, moved, tail_of_counts, tail_of_shares

BASES = st.integers(1, 60)


def counted(draw_base=BASES):
    return draw_base.flatmap(lambda base: st.builds(Count, st.integers(0, base), st.just(base)))


def exact_shares(before, after):
    """Sum the hypergeometric chances of the later count and all beyond it, on its side."""
    marked, total = before.count + after.count, before.base + after.base
    is_rise = after.count * before.base > before.count * after.base
    beyond = [
        count
        for count in range(max(0, marked - before.base), min(marked, after.base) + 1)
        if (count >= after.count if is_rise else count <= after.count)
    ]
    ways = sum(comb(after.base, n) * comb(before.base, marked - n) for n in beyond)
    return Fraction(ways, comb(total, marked))


def exact_counts(before, after):
    """The same of the binomial distribution."""
    total = before.count + after.count
    share = Fraction(after.base, before.base + after.base)
    is_rise = after.count * before.base > before.count * after.base
    beyond = range(after.count, total + 1) if is_rise else range(after.count + 1)
    return sum(comb(total, n) * share**n * (1 - share) ** (total - n) for n in beyond)


@given(counted(), counted())
@settings(deadline=None, derandomize=True)
def test_two_shares_are_compared_as_fisher_would(before, after):
    assume(before.count * after.base != after.count * before.base)
    assert tail_of_shares(before, after) == pytest.approx(
        float(exact_shares(before, after)), rel=1e-9
    )


@given(
    st.builds(Count, st.integers(0, 40), st.integers(1, 2_000)),
    st.builds(Count, st.integers(0, 40), st.integers(1, 2_000)),
)
@settings(deadline=None, derandomize=True)
def test_two_counts_are_compared_exactly(before, after):
    assume(before.count * after.base != after.count * before.base)
    assert tail_of_counts(before, after) == pytest.approx(
        float(exact_counts(before, after)), rel=1e-9, abs=1e-12
    )


@given(counted(), counted(), st.booleans(), st.booleans())
@settings(deadline=None, derandomize=True)
def test_time_turned_round_turns_better_into_worse(before, after, is_share, is_higher):
    there = moved(before, after, is_share=is_share, is_higher_better=is_higher)
    back = moved(after, before, is_share=is_share, is_higher_better=is_higher)
    opposite = {
        Moved.FAR_BETTER: Moved.FAR_WORSE,
        Moved.BETTER: Moved.WORSE,
        Moved.WITHIN: Moved.WITHIN,
        Moved.WORSE: Moved.BETTER,
        Moved.FAR_WORSE: Moved.FAR_BETTER,
    }
    assert back is opposite[there]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        # 30 % to 50 % of 200: far beyond chance; of 10: nothing can be said.
        (Count(60, 200), Count(100, 200), Moved.FAR_BETTER),
        (Count(3, 10), Count(5, 10), Moved.WITHIN),
        (Count(40, 100), Count(55, 100), Moved.BETTER),
        (Count(55, 100), Count(40, 100), Moved.WORSE),
        (Count(1, 2), Count(500, 1_000), Moved.WITHIN),
        (Count(0, 0), Count(1, 2), None),
        (Count(3, 2), Count(1, 2), None),
        (Count(-1, 2), Count(1, 2), None),
    ],
)
def test_a_small_town_is_not_praised_for_chance(before, after, found):
    assert moved(before, after, is_share=True, is_higher_better=True) is found


def test_where_less_is_better_a_fall_is_an_improvement():
    before, after = Count(400, 1_000), Count(300, 1_000)
    assert moved(before, after, is_share=True, is_higher_better=False) is Moved.FAR_BETTER
    assert moved(before, after, is_share=True, is_higher_better=True) is Moved.FAR_WORSE


def test_large_numbers_do_not_overflow():
    before, after = Count(120_000, 400_000), Count(121_500, 400_000)
    assert moved(before, after, is_share=True, is_higher_better=True) is Moved.FAR_BETTER
    after = Count(122_000, 400_000)
    assert moved(before, after, is_share=False, is_higher_better=True) is Moved.FAR_BETTER
