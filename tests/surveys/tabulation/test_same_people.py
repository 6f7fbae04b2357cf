"""The same people asked twice: printed examples, and plain Python that joins and counts one after another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.tabulation.counting import same_people
from surveys.tabulation.counting.same_people import Fourfold


@pytest.mark.parametrize(
    ("found", "printed"),
    [
        # Cavo et al. 2012 and Bentur et al. 2009 as worked in Fagerland, Lydersen and Laake, Statistical Analysis of
        # Contingency Tables, chapter 8: the later share less the earlier one.
        (Fourfold(both=59, lost=16, gained=6, neither=80), (-0.1186, -0.0046)),
        (Fourfold(both=1, lost=7, gained=1, neither=12), (-0.507, -0.026)),
    ],
)
def test_the_interval_is_the_one_that_was_printed(found, printed):
    places = len(f"{printed[0]}".partition(".")[2])

    assert tuple(round(end, places) for end in same_people.interval(found)) == printed


def roots(above, base):
    square = 1.959963984540054**2
    share = above / base
    a, b, c = 1 + square / base, -(2 * share + square / base), share * share
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@given(*[st.integers(0, 60)] * 4)
def test_the_interval_agrees_with_the_formula_written_out(a, b, c, d):
    n = a + b + c + d
    if not n:
        return
    e, f, g, h = a + b, c + d, a + c, b + d
    phi = 0.0
    if e * f * g * h:
        more = a * d - b * c
        corrected = more - n / 2 if more > n / 2 else min(0, more)
        phi = corrected / math.sqrt(e * f * g * h)
    (l1, u1), (l2, u2) = roots(e, n), roots(g, n)
    p1, p2 = e / n, g / n
    low = math.sqrt(max((p2 - l2) ** 2 - 2 * phi * (p2 - l2) * (u1 - p1) + (u1 - p1) ** 2, 0))
    high = math.sqrt(max((u2 - p2) ** 2 - 2 * phi * (u2 - p2) * (p1 - l1) + (p1 - l1) ** 2, 0))

    found = same_people.interval(Fourfold(both=a, lost=b, gained=c, neither=d))

    assert found[0] == pytest.approx(p2 - p1 - low, abs=1e-6)
    assert found[1] == pytest.approx(p2 - p1 + high, abs=1e-6)


@given(*[st.integers(0, 40)] * 4)
def test_exchanged_times_turn_the_interval(a, b, c, d):
    if not a + b + c + d:
        return
    low, high = same_people.interval(Fourfold(a, b, c, d))
    turned = same_people.interval(Fourfold(a, c, b, d))

    assert turned == pytest.approx((-high, -low), abs=1e-9)


CODES = st.lists(st.sampled_from(["", "a", "b", "c", "d", "e"]), max_size=8)


@given(CODES, CODES)
def test_only_a_code_that_one_person_has_joins(before, after):
    found = same_people.joined(before, after)

    expected = [
        (at, after.index(code))
        for at, code in enumerate(before)
        if code and before.count(code) == 1 and after.count(code) == 1
    ]
    assert list(zip(found.before, found.after, strict=True)) == expected
    shared = {code for code in before if code and code in after}
    assert found.unclear == len(shared) - len(expected)
