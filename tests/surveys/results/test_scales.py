"""Options as steps of a scale: their order, what is no step, and the bar across the middle line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.charts.diverging import diverging
from indicators.charts.structure import Chart, Point, Series
from indicators.charts.svg import WIDTH
from surveys.results import percentages, scales

GOOD = {"満足": 30, "やや満足": 40, "やや不満": 20, "不満": 10, "無回答": 5}


def lines(counts):
    answers = [percentages.Answer(label, count) for label, count in counts.items()]
    return percentages.table(answers, respondents=105, is_single=True).lines


def labels(found):
    return [line.label for line in found]


def drawn(*values):
    points = tuple(Point(Decimal(value)) for value in values)
    names = tuple(f"段階{number}" for number in range(len(values)))
    series = (Series("割合", points, kind="bar"),)
    return diverging(Chart("図", "%", 1, "段階", names, series, "読み方"))


def test_steps_run_from_the_bad_to_the_good_end():
    inside, outside = scales.steps(lines(GOOD), "good_first")

    assert labels(inside) == ["不満", "やや不満", "やや満足", "満足"]
    assert labels(outside) == ["無回答"]
    turned = scales.steps(lines(dict(reversed(GOOD.items()))), "bad_first")
    assert labels(turned[0]) == labels(inside)


def test_one_step_or_an_unknown_share_is_not_drawn():
    assert not scales.is_drawable(lines({"満足": 1}))
    assert not scales.is_drawable([*lines(GOOD), percentages.Line("記載なし", None, None, None)])


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=9))
def test_the_middle_line_parts_bad_from_good(values):
    picture = drawn(*values)
    half = len(values) // 2
    zero = picture.zero
    for place, one in enumerate(picture.segments):
        if place < half:
            assert one.x + one.width <= zero + 0.3
        elif place >= len(values) - half:
            assert one.x >= zero - 0.3
        assert -0.2 <= one.x <= one.x + one.width <= WIDTH + 0.3


def test_the_middle_of_an_odd_scale_lies_half_on_either_side():
    middle = drawn(20, 40, 40).segments[1]

    assert middle.middle == pytest.approx(WIDTH / 2, abs=0.2)


def test_every_step_is_named_with_its_number_below_the_bar():
    picture = drawn(1, 99)

    assert [one.name for one in picture.segments] == ["段階0　1.0%", "段階1　99.0%"]
    assert [one.number for one in picture.segments] == ["", "99.0"]
