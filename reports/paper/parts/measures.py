"""The indicators on paper: one line each with footnotes, then a picture of those that have numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.charts.axis import axis
from indicators.charts.structure import BREAK_MARK
from indicators.charts.svg import drawing
from indicators.charts.table import table
from indicators.verdicts.evaluation import BASIS
from logicmodels.shape import lettering
from reports.paper.wording.notes import Footnotes

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
# Beyond so many years their names in full break within: the table is then headed as the axis is.
WHOLE_YEARS = 8
# Where 「（令和7年度（2025年度）・令和8年3月末現在）」 may go on in the next line of a narrow column.
BETWEEN = re.compile(r"(?<=月)(?=\d)|(?<=末)(?=現在)|(?<=・)|(?<!^)(?=（)")


@dataclass(frozen=True, slots=True)
class Told:
    """A value cut in two: the number, which never breaks, and what qualifies it, in small letters."""

    number: str
    more: str

    @property
    def is_long(self) -> bool:
        """Whether the number is wider than its column, so that it must break."""
        return lettering.width(self.number) > COLUMN_SIGNS

    @property
    def pieces(self) -> tuple[str, ...]:
        """What qualifies it, cut where a line may end."""
        return tuple(BETWEEN.split(self.more)) if self.more else ()


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
    """A chart with its numbers, as it is drawn on paper; the markers of a series are two paths, filled ones and hollow ones.

    A single number makes no picture: then the table stands alone. Only the town's own numbers and targets are written into
    the picture: all are in the table below it. `line` is the number of its line in the table of indicators.
    """

    number: int
    line: int
    chart: Chart
    drawing: Drawing
    width: int
    height: str
    depth: float
    marks: tuple[tuple[Trace, str, str], ...]
    labelled: tuple[Trace, ...]
    head: tuple[Told, ...]
    rows: tuple[tuple[str, tuple[Told, ...]], ...]
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
    charts = [(place, line.chart) for place, line in enumerate(lines, start=1) if line.chart]
    pictures = (_picture(number, *one) for number, one in enumerate(charts, start=1))
    return Measures(found, notes.lines, tuple(pictures))


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


def heads(chart: Chart) -> tuple[Told, ...]:
    """Return what heads the columns of a picture's numbers: the years in full, many of them as on its axis."""
    if len(chart.categories) <= WHOLE_YEARS or not chart.ticks:
        return tuple(map(told, chart.marked_categories))
    names = (tick.partition("\n") for tick in chart.ticks)
    return tuple(
        Told(first, more + BREAK_MARK if place in chart.breaks else more)
        for place, (first, _, more) in enumerate(names)
    )


def _path(trace: Trace, *, is_open: bool) -> str:
    return "".join(one.path for one in trace.marks if one.is_open is is_open)


def _picture(number: int, line: int, chart: Chart) -> Picture:
    drawn = drawing(chart)
    depth = drawn.bottom + TICKS
    rows = table(chart).rows
    columns = zip(*(map(told, row[1:]) for row in rows), strict=True)
    names = (series.name for series in chart.series)
    return Picture(
        number=number,
        line=line,
        chart=chart,
        drawing=drawn,
        width=WIDTH,
        depth=depth,
        height=f"{WIDTH * depth / drawn.width:.1f}",
        marks=tuple(
            (trace, _path(trace, is_open=False), _path(trace, is_open=True))
            for trace in drawn.traces
        ),
        labelled=tuple(
            trace
            for place, (trace, series) in enumerate(zip(drawn.traces, chart.series, strict=True))
            if place == 0 or series.kind == "target"
        ),
        head=heads(chart),
        rows=tuple((name, tuple(column)) for name, column in zip(names, columns, strict=True)),
        alt=f"{chart.title}（単位：{chart.unit}）。{chart.reading}値は図の下の表にあります。",
        sources="、".join(chart.sources),
        axis_note=axis(chart).note,
    )
