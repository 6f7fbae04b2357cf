"""The chart as the JSON that Plotly draws in the browser. A plain dict: no library is needed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.charts.axis import axis
from indicators.charts.labels import sides
from indicators.charts.looks import FONT, GRID, INK, looks

if TYPE_CHECKING:
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
    return {"data": traces, "layout": layout(chart), "config": CONFIG}


def trace(chart: Chart, series: Series, *, look: Look, placed: list[Side]) -> dict[str, Any]:
    common = {
        "name": escaped(series.name),
        "x": [escaped(name).replace("\n", "<br>") for name in chart.axis_names],
        "y": [None if point.value is None else float(point.value) for point in series.points],
        "text": [
            chart.number(point.value) if point.value is not None and side else ""
            for point, side in zip(series.points, placed, strict=True)
        ],
        "hovertext": [hover(chart, series, place) for place in range(len(series.points))],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    return common | (bar(look) if series.kind == "bar" else line(series, look, placed))


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


def bar(look: Look) -> dict[str, Any]:
    return {
        "type": "bar",
        "marker": {"color": look.fill, "line": {"color": look.colour, "width": 2}},
        "textposition": "outside",
        "textfont": {"color": INK},
    }


def layout(chart: Chart) -> dict[str, Any]:
    scale = axis(chart)
    return {
        "autosize": True,
        "height": 340,
        "margin": {"l": 64, "r": 16, "t": 40, "b": 56},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "dragmode": False,
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "showlegend": len(chart.series) > 1,
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
