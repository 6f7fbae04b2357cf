"""Quartiles as computed by hand and by the standard library; quarters, ties and ranks by their definition."""

import random
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.comparison.judging import quarters
from indicators.comparison.shape import Quarter

NUMBERS = st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=60)
DIRECTIONS = ("higher", "lower", "neutral")


@pytest.mark.parametrize(
    ("numbers", "first", "median", "third"),
    [
        # By hand: places 1.75, 3.5 and 5.25 of eight, counted from nought.
        ([1, 2, 3, 4, 5, 6, 7, 8], "2.75", "4.5", "6.25"),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90], "30", "50", "70"),
        ([1, 1, 1, 1, 1, 1, 1, 9], "1", "1", "1"),
        ([7], "7", "7", "7"),
        ([3, 4], "3.25", "3.5", "3.75"),
    ],
)
def test_quartiles_are_those_computed_by_hand(numbers, first, median, third):
    found = quarters.cuts(numbers)

    assert [Fraction(one, 4) for one in (found.first, found.median, found.third)] == [
        Fraction(first),
        Fraction(median),
        Fraction(third),
    ]


@given(NUMBERS)
def test_quartiles_are_those_of_the_standard_library(numbers):
    found = quarters.cuts(sorted(numbers))
    fractions = [Fraction(one) for one in numbers]

    expected = statistics.quantiles(fractions, n=4, method="inclusive")
    assert [Fraction(one, 4) for one in (found.first, found.median, found.third)] == expected


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("higher", [1, 1, 2, 2, 3, 3, 4, 4]),
        ("lower", [4, 4, 3, 3, 2, 2, 1, 1]),
        ("neutral", [1, 1, 2, 2, 3, 3, 4, 4]),
    ],
)
def test_eight_numbers_are_two_in_each_quarter(direction, expected):
    numbers = [1, 2, 3, 4, 5, 6, 7, 8]
    tell = quarters.quarters_of(numbers, direction).get

    assert [tell(one) for one in numbers] == expected


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_a_number_on_a_boundary_belongs_to_the_better_quarter(direction):
    # Quartiles 3, 5 and 7 of nine: each is one of the numbers.
    tell = quarters.quarters_of([1, 2, 3, 4, 5, 6, 7, 8, 9], direction).get

    better = {"higher": [(3, 2), (5, 3), (7, 4)], "lower": [(3, 4), (5, 3), (7, 2)]}
    assert [(one, tell(one)) for one, _ in better[direction]] == better[direction]


@pytest.mark.parametrize(
    ("direction", "numbers", "expected"),
    [
        ("higher", [0] * 9 + [2, 5], {2: 4, 5: 4}),
        ("neutral", [0] * 9 + [2, 5], {2: 4, 5: 4}),
        # Where fewer are better nine zeros are the best, and may well be called so.
        ("lower", [0] * 9 + [2, 5], {0: 4, 2: 1, 5: 1}),
        ("lower", [1, 3] + [9] * 9, {1: 4, 3: 4}),
        # More than half of them are the median, which is not higher than itself.
        ("neutral", [0] * 6 + [1, 2, 3, 4, 5], {1: 3, 2: 3, 3: 4, 4: 4, 5: 4}),
        # Half of them: the better half is told of, and so are they.
        ("higher", [0] * 5 + [1, 2, 3, 4, 5], {0: 2, 1: 3, 2: 3, 3: 4, 4: 4, 5: 4}),
    ],
)
def test_what_more_than_half_share_as_the_worst_is_in_no_quarter(direction, numbers, expected):
    assert quarters.quarters_of(numbers, direction) == expected


def test_fewer_than_eight_or_equal_numbers_have_no_quarters():
    assert not quarters.is_divided([1, 2, 3, 4, 5, 6, 7])
    assert not quarters.is_divided([5] * 20)
    assert quarters.is_divided([1, 2, 3, 4, 5, 6, 7, 8])


@given(NUMBERS, st.sampled_from(DIRECTIONS))
def test_a_better_number_never_has_a_worse_quarter_or_rank(numbers, direction):
    ordered = sorted(numbers)
    quarter = quarters.quarters_of(ordered, direction).get
    rank = quarters.ranks_of(ordered, direction).get
    from_worst = ordered if direction != "lower" else ordered[::-1]

    # None at most at the worst end.
    told = [quarter(one, 0) for one in from_worst]
    ranks = [rank(one) for one in from_worst]
    assert told == sorted(told)
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[-1] == 1


@given(NUMBERS)
def test_turned_round_numbers_and_direction_say_the_same(numbers):
    there, back = sorted(numbers), sorted(-one for one in numbers)
    higher = quarters.quarters_of(there, "higher").get
    lower = quarters.quarters_of(back, "lower").get

    assert [higher(one) for one in numbers] == [lower(-one) for one in numbers]


@given(NUMBERS, st.integers(1, 1000), st.integers(-1000, 1000), st.randoms())
def test_neither_order_nor_scale_changes_a_quarter(numbers, times, more, chance):
    moved = [one * times + more for one in numbers]
    random.Random(chance.random()).shuffle(moved)
    before = quarters.quarters_of(sorted(numbers), "higher").get
    after = quarters.quarters_of(sorted(moved), "higher").get

    assert [before(one) for one in numbers] == [after(one * times + more) for one in numbers]


def test_equal_numbers_share_the_better_rank():
    rank = quarters.ranks_of([10, 20, 20, 30], "higher").get
    assert [rank(one) for one in (30, 20, 10)] == [1, 2, 4]
    rank = quarters.ranks_of([10, 20, 20, 30], "lower").get
    assert [rank(one) for one in (10, 20, 30)] == [1, 2, 4]


def test_the_highest_quarter_is_the_fourth():
    assert Quarter.HIGHEST == 4
