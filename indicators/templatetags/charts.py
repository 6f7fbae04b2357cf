"""Drawing charts in pages and papers: table first, SVG for everybody, Plotly over it where scripts run."""

from zlib import crc32

from django import template

from indicators.charts.across import bars
from indicators.charts.axis import axis
from indicators.charts.diverging import diverging
from indicators.charts.dots import dots
from indicators.charts.looks import FONT
from indicators.charts.plotly import figure
from indicators.charts.svg import drawing
from indicators.charts.table import table

register = template.Library()


@register.inclusion_tag("charts/_head.html", takes_context=True)
def chart_head(context):
    """Load what a page with charts needs; stands in its head block."""
    return {"request": context["request"]}


@register.inclusion_tag("charts/_figure.html", takes_context=True)
def chart(context, chart):
    """Draw a chart as a figure: reading, table, picture, sources. Nothing for None.

    In a file that is read without a server (`is_standalone`) the SVG stays as it is.
    """
    if chart is None:
        return {}
    return drawn(chart) | {
        "is_standalone": context.get("is_standalone", False),
        "table": table(chart),
        "axis_note": axis(chart).note,
        "figure": figure(chart),
    }


@register.inclusion_tag("charts/chart.svg")
def chart_svg(chart):
    """Draw the picture alone, for a paper."""
    return drawn(chart)


@register.inclusion_tag("charts/across.svg")
def chart_across(chart):
    """Draw the picture alone with bars that lie, for names that are sentences."""
    return {"chart": chart, "d": bars(chart), "id": identity(chart), "font": FONT}


@register.inclusion_tag("charts/dots.svg")
def chart_dots(chart):
    """Draw the picture alone with dots that are joined, for two or more numbers of each name."""
    return {"chart": chart, "d": dots(chart), "id": identity(chart), "font": FONT}


@register.inclusion_tag("charts/diverging.svg")
def chart_diverging(chart):
    """Draw the picture alone as one bar across a middle line, for the steps of a scale."""
    return {"chart": chart, "d": diverging(chart), "id": identity(chart), "font": FONT}


def drawn(chart):
    return {"chart": chart, "d": drawing(chart), "id": identity(chart), "font": FONT}


def identity(chart):
    """Return a name for the elements of a chart: the same chart has the same one on each page."""
    return f"chart-{crc32(repr(chart).encode()):08x}"


@register.filter
def plain(number):
    """Write a length as SVG reads it, whatever the language of the page."""
    return f"{number:g}"
