"""Bars that lie: each below its whole name, percentages to 100."""

from decimal import Decimal

from indicators.charts.across import NUMBER, bars
from indicators.charts.structure import Chart, Point, Series
from indicators.charts.svg import WIDTH


def drawn(*values, unit="%", names=None):
    points = tuple(Point(value, "" if value is not None else "記載なし") for value in values)
    names = names or tuple(f"選択肢{number}" for number in range(len(values)))
    series = (Series("割合", points, kind="bar"),)
    return bars(Chart("図", unit, 1, "選択肢", names, series, "読み方"))


def test_percentages_fill_the_width_at_a_hundred():
    found = drawn(Decimal(100), Decimal(50), Decimal(0)).bars

    assert [bar.width for bar in found] == [WIDTH - NUMBER, (WIDTH - NUMBER) / 2, 0]
    assert [bar.number for bar in found] == ["100.0%", "50.0%", "0.0%"]


def test_what_is_more_than_everything_stays_inside_the_picture():
    assert drawn(Decimal(150)).bars[0].width == WIDTH - NUMBER


def test_other_units_fill_the_width_at_the_longest_bar():
    assert [bar.width for bar in drawn(Decimal(4), Decimal(2), unit="件").bars] == [
        WIDTH - NUMBER,
        (WIDTH - NUMBER) / 2,
    ]


def test_a_missing_value_has_its_word_and_no_bar():
    bar = drawn(None).bars[0]

    assert (bar.width, bar.number) == (0, "記載なし")


def test_long_names_are_broken_and_bars_do_not_cover_them():
    picture = drawn(Decimal(1), Decimal(2), names=("あ" * 100, "短い"))
    first, second = picture.bars

    assert "".join(first.names) == "あ" * 100
    assert len(first.names) > 1
    assert max(first.name_y) < first.y < min(second.name_y) < second.y < picture.height
