"""A trend as a chart of PowerPoint's own, told apart in black and white too by marks and dashes."""

# ruff: noqa: TID253 -- loaded with `drawing`
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from indicators.charts.axis import axis
from indicators.charts.labels import sides
from indicators.charts.structure import BREAK_MARK
from reports.paper.slides.measures import BODY_HEIGHT, BODY_TOP, FULL, GAP, MARGIN, SIDE
from reports.paper.slides.template import LANGUAGE
from reports.paper.wording.words import clean

if TYPE_CHECKING:
    from indicators.charts.axis import Axis
    from indicators.charts.labels import Side
    from indicators.charts.structure import Chart, Series
    from reports.paper.slides.parts import Picture

SIZE = 12
PLACE = (MARGIN, BODY_TOP, FULL - SIDE - GAP, BODY_HEIGHT)
OTHERS = (
    (XL_MARKER_STYLE.SQUARE, MSO_LINE_DASH_STYLE.DASH),
    (XL_MARKER_STYLE.TRIANGLE, MSO_LINE_DASH_STYLE.ROUND_DOT),
    (XL_MARKER_STYLE.X, MSO_LINE_DASH_STYLE.DASH_DOT),
    (XL_MARKER_STYLE.PLUS, MSO_LINE_DASH_STYLE.LONG_DASH),
)
SIDES = {"above": XL_LABEL_POSITION.ABOVE, "below": XL_LABEL_POSITION.BELOW}
WHITE = RGBColor(0xFF, 0xFF, 0xFF)


def add(slide: Any, part: Picture) -> Any:
    """Put the chart on a slide and return its frame."""
    x, y, width, height = (Pt(one) for one in PLACE)
    chart = part.chart
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, x, y, width, height, _data(chart))
    frame.name = part.title
    frame.element.nvGraphicFramePr.cNvPr.set("descr", clean(in_words(chart)))
    drawn = frame.chart
    drawn._chartSpace.insert(1, parse_xml(f'<c:lang {nsdecls("c")} val="{LANGUAGE}"/>'))  # noqa: SLF001 -- no door for it
    drawn.font.size = Pt(SIZE)
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    scale = axis(chart)
    _axes(drawn, chart, scale)
    places = sides(chart, scale)
    for number, line in enumerate(drawn.plots[0].series):
        _look(line, chart.series[number], number)
        _number(line, places[number])
        _lift(line, chart)
        _open(line, chart.series[number])
    return frame


def in_words(chart: Chart) -> str:
    """Return what the chart shows, for those who do not see it: every number with its year."""
    told = [f"{chart.title}の図。単位は{chart.unit or 'なし'}。{chart.reading}{axis(chart).note}"]
    for series in chart.series:
        points = zip(chart.categories, series.points, strict=True)
        known = [f"{category} {chart.words(one)}" for category, one in points if chart.words(one)]
        told.append(f"{series.name}：{'、'.join(known)}。" if known else f"{series.name}：値なし。")
    return "".join(told)


def number_format(chart: Chart) -> str:
    return "#,##0" + (f".{'0' * chart.decimals}" if chart.decimals else "")


def _data(chart: Chart) -> CategoryChartData:
    data = CategoryChartData(number_format=number_format(chart))
    data.categories = [
        f"{name}{BREAK_MARK}" if place in chart.breaks else name
        for place, name in enumerate(chart.axis_names)
    ]
    for series in chart.series:
        numbers = [None if one.value is None else float(one.value) for one in series.points]
        data.add_series(clean(series.name), numbers)
    return data


def _axes(drawn: Any, chart: Chart, scale: Axis) -> None:
    drawn.value_axis.tick_labels.number_format = number_format(chart)
    drawn.value_axis.tick_labels.number_format_is_linked = False
    drawn.value_axis.minimum_scale = float(scale.low)
    drawn.value_axis.maximum_scale = float(scale.high)
    drawn.value_axis.major_unit = float(scale.marks[1] - scale.low)
    gridlines = drawn.value_axis.major_gridlines.format.line
    gridlines.color.rgb = RGBColor(0xD0, 0xD0, 0xD0)
    if chart.unit:
        frame = drawn.value_axis.axis_title.text_frame
        frame.text = f"（{clean(chart.unit)}）"
        frame._txBody.bodyPr.set("rot", "0")  # noqa: SLF001 -- the unit stands upright
        frame._txBody.bodyPr.set("vert", "horz")  # noqa: SLF001 -- as the line above
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(SIZE), False


def _look(line: Any, series: Series, number: int) -> None:
    line.smooth = False
    if series.kind == "target":
        _mark(line, XL_MARKER_STYLE.DIAMOND, MSO_THEME_COLOR.ACCENT_2, size=10)
        line.format.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
    elif number == 0:
        _mark(line, XL_MARKER_STYLE.CIRCLE, MSO_THEME_COLOR.ACCENT_1, size=8)
        line.format.line.width = Pt(3)
    else:
        marker, dash = OTHERS[number % len(OTHERS)]
        _mark(line, marker, MSO_THEME_COLOR.ACCENT_3, size=7)
        line.format.line.dash_style = dash


def _mark(line: Any, style: Any, colour: Any, *, size: int) -> None:
    line.format.line.width = Pt(1.75)
    line.format.line.color.theme_color = colour
    line.marker.style, line.marker.size = style, size
    line.marker.format.line.color.theme_color = colour
    line.marker.format.fill.solid()
    # White is what is not final alone.
    line.marker.format.fill.fore_color.theme_color = colour


def _lift(line: Any, chart: Chart) -> None:
    """Leave out the line that would lead over a change of the definition."""
    for place in chart.breaks:
        line.points[place].format.line.fill.background()


def _open(line: Any, series: Series) -> None:
    """Draw the marker of what is not final without a filling."""
    for place in (place for place, point in enumerate(series.points) if point.is_open):
        marker = line.points[place].marker
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = WHITE


def _number(line: Any, places: list[Side]) -> None:
    """Write the numbers where there is room; all of them stand in the chart's own sheet."""
    for place, side in enumerate(places):
        if side:
            line.points[place].data_label.position = SIDES[side]
    if any(places):
        line.data_labels.show_value = False
