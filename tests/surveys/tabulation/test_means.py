"""Means of two groups and of the same people: printed examples and what must hold for any numbers."""

from decimal import Decimal
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.over_years import CHANCE
from surveys.tabulation.counting import means

# Hours of sleep gained with two drugs by the same ten people (Student 1908), as R prints its `sleep`.
FIRST = [
    Decimal(one)
    for one in ["0.7", "-1.6", "-0.2", "-1.2", "-0.1", "3.4", "3.7", "0.8", "0.0", "2.0"]
]
SECOND = [
    Decimal(one) for one in ["1.9", "0.8", "1.1", "0.1", "-0.1", "4.4", "5.5", "1.6", "4.6", "3.4"]
]


@pytest.mark.parametrize(
    ("degrees", "printed"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980), (10**6, 1.960)],
)
def test_the_quantile_is_that_of_printed_tables(degrees, printed):
    assert round(means.student(degrees), 3) == printed


def test_different_people_are_compared_as_welch_printed():
    assert means.welch(SECOND, FIRST) == pytest.approx((-3.3654832, 0.2054832), abs=1e-7)


def test_the_same_people_are_compared_with_themselves():
    found = means.of_differences([a - b for a, b in zip(FIRST, SECOND, strict=True)])

    assert found == pytest.approx((-2.4598858, -0.7001142), abs=1e-7)


def test_few_are_told_as_few_whatever_the_interval_says():
    found = means.moved("同じ人", list(zip(FIRST, SECOND, strict=True)))

    assert (found.before, found.after, found.difference) == (
        Decimal("0.75"),
        Decimal("2.33"),
        Decimal("1.58"),
    )
    assert found.text == "＋1.58（＋0.7～＋2.46）"
    assert found.verdict == means.FEW


def test_many_who_moved_are_told_to_have_moved():
    pairs = [(Decimal(2), Decimal(3)), (Decimal(2), Decimal(4)), (Decimal(3), Decimal(3))] * 10

    assert means.moved("同じ人", pairs).verdict == means.RISEN
    assert means.moved("同じ人", [(b, a) for a, b in pairs]).verdict == means.FALLEN
    assert (
        means.moved("同じ人", [(a, a + (-1) ** at) for at, (a, _) in enumerate(pairs)]).verdict
        == CHANCE
    )


def test_answers_that_do_not_vary_have_no_interval():
    same = [Decimal(3)] * 40
    found = means.apart("全員", same, [Decimal(4)] * 40)

    assert (found.low, found.verdict, found.text) == (None, means.SAME, "＋1.0")
    assert means.moved("同じ人", [(Decimal(1), Decimal(2))] * 40).verdict == means.SAME
    assert means.apart("全員", [], same) is None
    assert means.moved("同じ人", []) is None
    assert means.welch([Decimal(1)], same) is None


values = st.lists(st.decimals(-999, 999, places=2), min_size=2, max_size=30)


@given(values, values)
def test_welch_agrees_with_floats(before, after):
    found = means.welch(before, after)
    parts = [stdev(map(float, side)) ** 2 / len(side) for side in (before, after)]
    if found is None:
        assert len(set(before)) == len(set(after)) == 1
        return
    middle = fmean(map(float, after)) - fmean(map(float, before))
    total = sum(parts)
    degrees = total**2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, (before, after), strict=True)
    )
    half = means.student(degrees) * total**0.5
    assert found == pytest.approx((middle - half, middle + half), rel=1e-6, abs=1e-6)
