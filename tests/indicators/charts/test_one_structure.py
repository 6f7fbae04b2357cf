"""One chart, three drawings: every number of the Plotly figure is in the SVG and in the table."""

import json
import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.charts.axis import axis
from indicators.charts.labels import sides
from indicators.charts.plotly import figure
from indicators.charts.structure import ABSENT, NOT_FINAL, Chart, Point, Series
from indicators.charts.svg import drawing
from indicators.charts.table import table
from municipalities.japanese import numerals

YEARS = ("令和5年度（2023年度）", "令和6年度（2024年度）", "令和7年度（2025年度）")
TICKS = ("令和5\n2023", "令和6\n2024", "令和7\n2025")


def chart(*series, decimals=1, **other):
    told = {
        "title": "参加率",
        "unit": "％",
        "category": "年度",
        "reading": "高いほど良い指標です。",
    }
    return Chart(categories=YEARS, series=series, decimals=decimals, ticks=TICKS, **(told | other))


def line(*values, name="実績", kind="line"):
    points = [ABSENT if value is None else Point(Decimal(value)) for value in values]
    return Series(name, tuple(points), kind)


SAMPLE = chart(line("6.25", None, "31.55"), line(None, None, "60", name="目標", kind="target"))


def svg(one):
    return Template("{% load charts %}{% chart_svg c %}").render(Context({"c": one}))


def words_of(picture):
    """Return every text of an SVG: what is written and what is told of a mark."""
    return " ".join(ET.fromstring(picture.strip()).itertext())


def numbers_of(one):
    """Return the numbers of the Plotly figure as they are printed."""
    drawn = json.loads(json.dumps(figure(one)))
    return [
        numerals.grouped(Decimal(str(value)), places=one.decimals)
        for trace in drawn["data"]
        for value in trace["y"]
        if value is not None
    ]


def is_among(number, text):
    return re.search(rf"(?<![\d,.−]){re.escape(number)}(?![\d,.])", text)


NUMBERS = st.none() | st.decimals(min_value=-9999, max_value=10**7, places=2)
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=4)
KINDS = st.sampled_from(["line", "bar", "target"])


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, kinds=st.lists(KINDS, min_size=4, max_size=4), decimals=st.integers(0, 2))
def test_every_number_is_in_all_three_drawings(rows, kinds, decimals):
    series = [line(*row, name=f"系列{place}", kind=kinds[place]) for place, row in enumerate(rows)]
    one = chart(*series, decimals=decimals)
    shown, cells = words_of(svg(one)), " ".join(cell for row in table(one).rows for cell in row[1:])

    numbers = numbers_of(one)

    assert len(numbers) == len(one.values)
    assert [number for number in numbers if not is_among(number, shown)] == []
    assert [number for number in numbers if not is_among(number, cells)] == []


def test_a_number_that_one_drawing_lacks_would_be_found():
    assert not is_among("6.3", "16.3 6.35 −6.3")
    assert is_among("6.3", words_of(svg(SAMPLE)))


def test_numbers_are_rounded_half_up_in_words_and_kept_exact_in_the_figure():
    (plotted,) = [trace for trace in figure(SAMPLE)["data"] if trace["name"] == "実績"]

    assert plotted["y"] == [6.25, None, 31.55]
    assert plotted["text"] == ["6.3", "", "31.6"]
    assert table(SAMPLE).rows[2] == (YEARS[2], "31.6", "60.0")


def test_a_missing_value_is_a_gap_and_its_reason_a_word():
    points = (Point(Decimal(5)), Point(None, "x"), Point(Decimal(7), "速報"))
    one = chart(Series("実績", points))

    assert table(one).rows[1] == (YEARS[1], "x")
    assert table(one).rows[2] == (YEARS[2], "7.0（速報）")
    assert figure(one)["data"][0]["y"] == [5.0, None, 7.0]
    assert not figure(one)["data"][0]["connectgaps"]
    assert drawing(one).traces[0].line.count("M") == 2
    assert [word.text for word in drawing(one).absences] == ["x"]


def test_what_is_not_final_has_a_hollow_marker_in_every_drawing():
    early = Series("実績", (Point(Decimal(6)), ABSENT, Point(Decimal(9), "速報")))
    one, final = chart(early), chart(line("6", None, "9"))

    assert [mark.is_open for mark in drawing(one).traces[0].marks] == [False, True]
    assert svg(one).count('" fill="#ffffff"><title>') == 1
    assert figure(one)["data"][0]["marker"]["symbol"] == ["circle", "circle", "circle-open"]
    # Its ring is drawn above all others, so that a target at the same place is seen in it.
    assert svg(one).count('fill="none" stroke="#0055ad" stroke-width="2" />') == 1
    assert figure(one)["data"][0]["zorder"] == 1
    # The negative control.
    assert '" fill="#ffffff"><title>' not in svg(final)
    assert 'fill="none" stroke="#0055ad" stroke-width="2" />' not in svg(final)
    assert figure(final)["data"][0]["marker"]["symbol"] == "circle"


def test_the_legend_says_what_a_hollow_marker_is_and_nothing_else_is_hollow():
    rest = [line("1", "2", "3", name=str(number)) for number in range(3)]
    goal = line("5", None, "9", name="目標", kind="target")
    early = Series("実績", (Point(Decimal(6)), ABSENT, Point(Decimal(9), "速報")))
    one, final = chart(early, goal, *rest), chart(line("6", None, "9"), goal, *rest)

    entries = drawing(one).legend
    assert [entry.name.text for entry in entries][-1] == NOT_FINAL
    assert (entries[-1].look.fill, entries[-1].line) == ("#ffffff", "")
    assert [entry.name.text for entry in entries if entry.look.fill == "#ffffff"] == [NOT_FINAL]
    shown = figure(one)
    assert [trace["name"] for trace in shown["data"] if trace["y"] == [None]] == [NOT_FINAL]
    assert shown["data"][-1]["marker"]["symbol"] == "circle-open"
    assert figure(chart(early))["layout"]["showlegend"]
    # The negative control.
    assert NOT_FINAL not in svg(final)
    assert NOT_FINAL not in [trace["name"] for trace in figure(final)["data"]]


def test_a_target_is_drawn_across_the_years_without_one():
    one = chart(line("50", None, "60", kind="target"))

    assert drawing(one).traces[0].line.count("M") == 1
    assert figure(one)["data"][0]["connectgaps"]


def test_series_differ_in_marker_and_dash_not_in_colour_alone():
    lines = [line("1", "2", "3", name=str(number)) for number in range(4)]
    drawn = drawing(chart(*lines, line("4", "4", "4", name="目標", kind="target")))

    for told_apart in ("dash", "symbol", "colour"):
        assert len({getattr(trace.look, told_apart) for trace in drawn.traces}) == 5


@pytest.mark.parametrize("values", [["6.25", "7", "9"], ["0", None, "0"], ["-5", "3", None]])
def test_the_axis_holds_every_value_and_bars_begin_at_zero(values):
    scale = axis(chart(line(*values, kind="bar")))

    assert scale.has_zero
    assert all(0 <= scale.share(Decimal(value)) <= 1 for value in values if value)


@given(low=st.decimals(1, 10**9, places=2), step=st.decimals(0, 10**6, places=2))
def test_the_axis_is_marked_at_few_round_numbers(low, step):
    marks = axis(chart(line(low, low + step, low + step / 2))).marks

    assert 2 <= len(marks) <= 10
    assert marks[0] <= low
    assert low + step <= marks[-1]
    assert len({later - one for one, later in pairwise(marks)}) == 1


@pytest.mark.parametrize(
    ("values", "unit", "highest"),
    [
        (("78.5", "41.2", "100"), "％", 100),
        (("97", "98", "100"), "％", 100),
        (("60", "98", "118"), "％", 140),
        (("78.5", "41.2", "100"), "人", 120),
        (("20", "41", "62"), "％", 80),
    ],
)
def test_no_share_is_marked_beyond_the_whole(values, unit, highest):
    """There is still room for the number of the highest point, which stands above it."""
    scale = axis(chart(line(*values), unit=unit))

    assert scale.marks[-1] == highest
    assert scale.high > Decimal(values[-1])


def test_flat_lines_leave_zero_out_and_the_page_says_so():
    flat = chart(line("33.9", "34.2", "34.5"))
    page = Template("{% load charts %}{% chart c %}")

    assert not axis(flat).has_zero
    assert "縦軸は0から始まっていません" in page.render(Context({"c": flat}))
    assert "縦軸は0から始まっていません" not in page.render(Context({"c": SAMPLE}))
    assert axis(SAMPLE).note == ""


def test_the_figure_holds_the_table_before_the_picture_with_reading_and_source():
    one = chart(line("1", "2", "3"), sources=("国勢調査", "市の調査"))
    page = Template("{% load charts %}{% chart c %}").render(Context({"c": one}))

    assert page.index("<table") < page.index("<svg") < page.index("application/json")
    assert "この図の読み方：高いほど良い指標です。" in page
    assert "出典：国勢調査、市の調査" in page
    assert "単位：％" in page


def test_nothing_is_drawn_of_no_chart():
    page = Template("{% load charts %}{% chart c %}").render(Context({"c": None}))

    assert page.strip() == ""


def test_the_picture_has_a_title_and_a_description():
    picture = ET.fromstring(svg(SAMPLE).strip())
    named = {element.get("id"): element.text for element in picture.iter() if element.get("id")}

    assert picture.get("role") == "img"
    labels = [named[name] for name in picture.get("aria-labelledby").split()]
    assert labels == ["参加率（単位：％）", "高いほど良い指標です。"]


def test_texts_of_people_stay_texts():
    evil = '<a href="//evil">&'
    one = chart(line("1", "2", "3", name=evil), title=evil, reading=evil)

    assert evil not in Template("{% load charts %}{% chart c %}").render(Context({"c": one}))
    assert "<a" not in json.dumps(figure(one), ensure_ascii=False)


def test_nothing_of_a_figure_leaves_the_house():
    config = figure(SAMPLE)["config"]

    assert (config["showSendToCloud"], config["plotlyServerURL"]) == (False, "")
    assert (config["displaylogo"], config["displayModeBar"]) == (False, False)


@pytest.mark.parametrize(
    ("value", "target", "told"), [("49", "48", "below"), ("48", "49", "above")]
)
def test_a_number_is_not_struck_through_by_the_mark_of_another_series(value, target, told):
    one = chart(line("43", "47", value), line(None, None, target, name="目標", kind="target"))

    found = sides(one, axis(one))

    assert found[1][2] == told
    assert found[0][2] != told


def test_many_categories_write_only_some_numbers_and_always_the_last():
    years = tuple(str(year) for year in range(2000, 2030))
    points = tuple(Point(Decimal(year)) for year in range(30))
    one = Chart("人口", "人", 0, "年", years, (Series("人口", points),), reading="人口の推移です。")
    labels = [mark.label for mark in drawing(one).traces[0].marks]

    assert labels[-1].text == "29"
    assert 8 <= len([label for label in labels if label]) <= 12
    assert is_among("17", words_of(svg(one)))


def test_a_series_without_its_point_is_refused():
    with pytest.raises(ValueError, match="one point for each category"):
        chart(line("1", "2"))
