"""The exact solver behind the attacks: against trying every point."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.disclosure.programme import Infeasible, Programme

NAMES = ("a", "b", "c")
lines = st.lists(
    st.tuples(
        st.lists(st.integers(-3, 3), min_size=3, max_size=3), st.integers(-8, 8), st.integers(0, 9)
    ),
    max_size=4,
)


def tried(bounds, rows):
    """Return every point within the bounds that fulfils the lines."""
    return [
        point
        for point in product(*(range(low, high + 1) for low, high in bounds))
        if all(
            low <= sum(times * value for times, value in zip(row, point, strict=True)) <= low + wide
            for row, low, wide in rows
        )
    ]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(2, 5)), min_size=3, max_size=3), lines)
def test_it_finds_what_trying_every_point_finds(bounds, rows):
    programme = Programme()
    for name, (low, high) in zip(NAMES, bounds, strict=True):
        programme.between(name, low, high)
    for row, low, wide in rows:
        programme.line(dict(zip(NAMES, row, strict=True)), low, low + wide)
    points = tried(bounds, rows)

    for place, name in enumerate(NAMES):
        if points:
            found = [point[place] for point in points]
            assert programme.range_of(name) == (min(found), max(found))
        else:
            with pytest.raises(Infeasible):
                programme.range_of(name)


def test_whole_numbers_are_tighter_than_fractions():
    programme = Programme()
    programme.between("a", 0, 10)
    programme.between("b", 0, 10)
    programme.line({"a": 2, "b": 4}, 5, 7)

    assert programme.range_of("a") == (1, 3)
