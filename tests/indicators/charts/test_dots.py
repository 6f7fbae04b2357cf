"""Dots on lines that lie: where they stand, what joins them, numbers that do not cover one another."""

from decimal import Decimal

from indicators.charts.dots import EDGE, dots
from indicators.charts.structure import Chart, Point, Series
from indicators.charts.svg import WIDTH


def drawn(*columns, names=None):
    series = tuple(
        Series(f"回{number}", tuple(Point(value) for value in column))
        for number, column in enumerate(columns)
    )
    names = names or tuple(f"選択肢{number}" for number in range(len(columns[0])))
    return dots(Chart("図", "%", 1, "選択肢", names, series, "読み方"))


def test_percentages_lie_between_the_ends():
    [line] = drawn([Decimal(0)], [Decimal(100)]).lines

    assert [dot.x for dot in line.dots] == [EDGE, WIDTH - EDGE]
    assert line.joined == (EDGE, WIDTH - EDGE)
    assert [dot.number for dot in line.dots] == ["0.0", "100.0"]


def test_what_is_absent_has_no_dot_and_joins_nothing():
    [line] = drawn([None], [Decimal(50)]).lines

    assert len(line.dots) == 1
    assert line.joined is None


def test_numbers_of_near_dots_do_not_cover_one_another():
    [line] = drawn([Decimal("50.0")], [Decimal("51.0")]).lines

    assert line.dots[0].number_y != line.dots[1].number_y


def test_lines_follow_one_another_below_their_whole_names():
    picture = drawn([Decimal(1), Decimal(2)], [Decimal(3), Decimal(4)], names=("あ" * 100, "短い"))
    first, second = picture.lines

    assert "".join(text for text, _ in first.named) == "あ" * 100
    assert first.y < second.named[0][1] < second.y < picture.height
