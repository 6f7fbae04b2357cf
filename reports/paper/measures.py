"""The indicators on paper: one line each with footnotes, then a picture of those that have numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.charts.axis import axis
from indicators.charts.svg import drawing
from indicators.charts.table import table
from indicators.verdicts.evaluation import BASIS
from logicmodels.shape import lettering
from reports.paper.notes import Footnotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.charts.structure import Chart
    from indicators.charts.svg import Drawing, Trace
    from reports.document.year_review import IndicatorLine

FONT = "BIZ UDGothic, Noto Sans JP"
# Millimetres of a picture's width: its letters are then nearly of seven points.
WIDTH = 104
# What a column of the table of indicators holds in one line.
COLUMN_SIGNS = 7.5
# Under the picture stands the first line of each category's short name; the table tells it whole.
TICKS = 24


@dataclass(frozen=True, slots=True)
class Told:
    """A value cut in two: the number, which never breaks, and what qualifies it, in small letters."""

    number: str
    more: str

    @property
    def is_long(self) -> bool:
        """Whether the number is wider than its column, so that it must break."""
        return lettering.width(self.number) > COLUMN_SIGNS


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table of indicators."""

    number: int
    name: str
    small: str
    mark: int | None
    values: tuple[Told, ...]
    distance: str
    note: str
    verdict: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its numbers, as it is drawn on paper; all markers of a series are one path.

    A single number makes no picture: then the table stands alone. Only the town's own numbers and targets are written into
    the picture: all are in the table below it.
    """

    number: int
    chart: Chart
    drawing: Drawing
    width: int
    height: str
    depth: float
    marks: tuple[tuple[Trace, str], ...]
    labelled: tuple[Trace, ...]
    head: tuple[Told, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    alt: str
    sources: str
    axis_note: str

    @property
    def is_drawn(self) -> bool:
        return len(self.chart.values) > 1


@dataclass(frozen=True, slots=True)
class Measures:
    """Table, its footnotes, and the pictures in the table's order."""

    lines: tuple[Measure, ...]
    notes: tuple[tuple[int, str], ...]
    pictures: tuple[Picture, ...]
    basis: str = BASIS


def measures(lines: Sequence[IndicatorLine]) -> Measures:
    """Return the part on indicators."""
    notes = Footnotes()
    found = tuple(_measure(place, line, notes) for place, line in enumerate(lines, start=1))
    pictures = tuple(
        _picture(place, line.chart) for place, line in enumerate(lines, start=1) if line.chart
    )
    return Measures(found, notes.lines, pictures)


def _measure(number: int, line: IndicatorLine, notes: Footnotes) -> Measure:
    values = (line.baseline, line.last, line.this, line.target)
    scenes = "、".join(line.scenes)
    small = "・".join(filter(None, (scenes, line.direction, f"単位：{line.unit}")))
    return Measure(
        number=number,
        name=line.name,
        small=small,
        mark=notes.mark(line.source),
        values=tuple(map(told, values)),
        distance=line.distance,
        note=line.note,
        verdict=line.verdict,
        beside=told_beside(line),
    )


def told_beside(line: IndicatorLine) -> tuple[str, ...]:
    """Return what stands below the verdict, a line each, the reason last."""
    computed = (
        ("目標比", line.ratio),
        ("進捗率", line.progress),
        ("最終年度見込", line.forecast),
    )
    return (
        *(f"{name}　{text}" for name, text in computed if text),
        *filter(None, (line.how, line.reference)),
    )


def told(text: str) -> Told:
    """Cut 「31.5％（速報）」 before its bracket."""
    number, bracket, more = text.partition("（")
    return Told(number, bracket + more)


def _picture(number: int, chart: Chart) -> Picture:
    drawn = drawing(chart)
    depth = drawn.bottom + TICKS
    rows = table(chart).rows
    columns = zip(*(row[1:] for row in rows), strict=True)
    names = (series.name for series in chart.series)
    return Picture(
        number=number,
        chart=chart,
        drawing=drawn,
        width=WIDTH,
        depth=depth,
        height=f"{WIDTH * depth / drawn.width:.1f}",
        marks=tuple((trace, "".join(one.path for one in trace.marks)) for trace in drawn.traces),
        labelled=tuple(
            trace
            for place, (trace, series) in enumerate(zip(drawn.traces, chart.series, strict=True))
            if place == 0 or series.kind == "target"
        ),
        head=tuple(told(category) for category in chart.marked_categories),
        rows=tuple((name, tuple(column)) for name, column in zip(names, columns, strict=True)),
        alt=f"{chart.title}（単位：{chart.unit}）。{chart.reading}値は図の下の表にあります。",
        sources="、".join(chart.sources),
        axis_note=axis(chart).note,
    )
