"""The chart as the JSON that Plotly draws in the browser. A plain dict: no library is needed for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.charts.axis import axis
from indicators.charts.labels import sides
from indicators.charts.looks import FONT, GRID, INK, looks
from indicators.charts.structure import BREAK_MARK, NOT_FINAL

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.charts.labels import Side
    from indicators.charts.looks import Look
    from indicators.charts.structure import Chart, Series

SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle-up",
    "cross": "x",
    "diamond": "diamond",
}
# How wide the ring of a marker without a filling is, in pixels.
RING = 2
POSITIONS = {"above": "top center", "below": "bottom center", "": "top center"}
# Nothing leaves the house: no button that sends a chart to the maker's cloud, no logo with a link.
CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
}


def figure(chart: Chart) -> dict[str, Any]:
    """Return data, layout and config as JSON values."""
    placed = sides(chart, axis(chart))
    traces = [
        trace(chart, series, look=look, placed=where)
        for series, look, where in zip(chart.series, looks(chart), placed, strict=True)
    ]
    if chart.first_open is not None:
        traces.append(not_final(chart, looks(chart)[chart.first_open]))
    return {"data": traces, "layout": layout(chart), "config": CONFIG}


def trace(chart: Chart, series: Series, *, look: Look, placed: list[Side]) -> dict[str, Any]:
    stops = steps(chart, series)
    names = [escaped(name).replace("\n", "<br>") for name in chart.axis_names]
    common = {
        "name": escaped(series.name),
        "x": [names[one.place] for one in stops],
        "y": [None if one.value is None else float(one.value) for one in stops],
        "text": [
            chart.number(one.value) if one.value is not None and placed[one.place] else ""
            for one in stops
        ],
        "hovertext": [hover(chart, series, one.place) for one in stops],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    sides_of = [placed[one.place] for one in stops]
    hollow = [series.points[one.place].is_open for one in stops]
    drawn = bar(look) if series.kind == "bar" else line(series, look, sides_of)
    if series.kind != "bar" and any(hollow):
        drawn["marker"]["symbol"] = symbols(look, hollow)
        drawn["marker"]["line"] = {"width": [RING if is_open else 0 for is_open in hollow]}
        # Above a target that stands in its ring.
        drawn["zorder"] = 1
    return common | drawn | ({"connectgaps": False} if chart.breaks or series.partial else {})


@dataclass(frozen=True, slots=True)
class Step:
    """Where the pen goes next; without a value it is lifted."""

    place: int
    value: Decimal | None


def steps(chart: Chart, series: Series) -> list[Step]:
    """Return the points of a series, with a lift of the pen before each change of the definition and around each part of a year.

    A target is drawn across its own gaps, but not over such a change: there its gaps are left out.
    """
    found: list[Step] = []
    for place, point in enumerate(series.points):
        if place in (*chart.breaks, *series.apart) and series.kind != "bar":
            found.append(Step(place, None))
        if point.value is not None or series.kind != "target" or not chart.breaks:
            found.append(Step(place, point.value))
    return found


def hover(chart: Chart, series: Series, place: int) -> str:
    """Return 「令和5年度（2023年度）<br>実績 31.5（速報） ％」; Plotly reads it as text with line breaks."""
    words = f"{series.name} {chart.words(series.points[place])} {chart.unit}"
    return f"{escaped(chart.categories[place])}<br>{escaped(words)}"


def escaped(text: str) -> str:
    """Return text that Plotly takes for text: it reads a few tags, links among them."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def line(series: Series, look: Look, placed: list[Side]) -> dict[str, Any]:
    dash = ",".join(f"{pixels}px" for pixels in look.dash.split(",")) if look.dash else "solid"
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "line": {"color": look.colour, "width": look.width, "dash": dash},
        "marker": {"symbol": SYMBOLS[look.symbol], "size": 10, "color": look.colour},
        "textposition": [POSITIONS[side] for side in placed],
        "textfont": {"color": look.colour},
        "connectgaps": series.kind == "target",
    }


def symbols(look: Look, hollow: list[bool]) -> list[str]:
    """Return the marker of each point; what is not final has no filling."""
    name = SYMBOLS[look.symbol]
    return [f"{name}-open" if is_open else name for is_open in hollow]


def not_final(chart: Chart, look: Look) -> dict[str, Any]:
    """Return a trace without a number: it tells in the legend what a marker without a filling is."""
    return {
        "type": "scatter",
        "name": NOT_FINAL,
        "x": [escaped(chart.axis_names[0]).replace("\n", "<br>")],
        "y": [None],
        "mode": "markers",
        "line": {"width": 0},
        "marker": {
            "symbol": f"{SYMBOLS[look.symbol]}-open",
            "size": 10,
            "color": look.colour,
            "line": {"width": RING},
        },
        "hoverinfo": "skip",
    }


def marked(chart: Chart) -> dict[str, Any]:
    """Return the lines between two definitions, each with the mark of its note."""
    if not chart.breaks:
        return {}
    upright = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1}
    look = {"line": {"color": INK, "width": 1, "dash": "dot"}}
    where = {"xref": "x", "yref": "paper", "y": 1, "yanchor": "top", "xanchor": "left"}
    told = {"text": BREAK_MARK, "showarrow": False}
    return {
        "shapes": [
            upright | look | {"x0": place - 0.5, "x1": place - 0.5} for place in chart.breaks
        ],
        "annotations": [where | told | {"x": place - 0.5} for place in chart.breaks],
    }


def bar(look: Look) -> dict[str, Any]:
    return {
        "type": "bar",
        "marker": {"color": look.fill, "line": {"color": look.colour, "width": 2}},
        "textposition": "outside",
        "textfont": {"color": INK},
    }


def layout(chart: Chart) -> dict[str, Any]:
    scale = axis(chart)
    return marked(chart) | {
        "autosize": True,
        "height": 340,
        "margin": {"l": 64, "r": 16, "t": 40, "b": 56},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "dragmode": False,
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "showlegend": len(chart.series) > 1 or chart.first_open is not None,
        "barmode": "group",
        "xaxis": {"type": "category", "fixedrange": True, "linecolor": INK},
        "yaxis": {
            "range": [float(scale.low), float(scale.high)],
            "tickvals": [float(mark) for mark in scale.marks],
            "ticktext": [chart.number(mark) for mark in scale.marks],
            "title": {"text": escaped(chart.unit)},
            "fixedrange": True,
            "gridcolor": GRID,
            "zeroline": False,
        },
    }
