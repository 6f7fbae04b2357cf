"""Where a function crosses zero: straight, bent, falling, and never near enough."""

import math

import pytest

from indicators.comparison.judging.roots import MOST_STEPS, crossing


@pytest.mark.parametrize(
    ("above", "first", "last", "expected"),
    [
        (lambda at: at - 3, 0, 10, 3),
        (lambda at: at**3 - 2, 0, 2, 2 ** (1 / 3)),
        (lambda at: 5 - math.exp(at), 0, 40, math.log(5)),
        (lambda at: math.log(at / 7), 1, 1000, 7),
    ],
)
def test_the_crossing_is_found_from_either_end(above, first, last, expected):
    for ends in ((first, last), (last, first)):
        assert crossing(above, *ends, close=1e-9) == pytest.approx(expected, abs=1e-7)


def test_a_step_that_is_never_near_zero_ends_the_search_where_it_stands():
    asked = []

    def step(at):
        asked.append(at)
        return 1.0 if at > math.pi else -1.0

    assert crossing(step, 0, 10, close=1e-9) == pytest.approx(math.pi, abs=0.01)
    assert len(asked) == MOST_STEPS + 2
