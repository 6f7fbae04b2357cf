"""The chart as SVG: every coordinate computed here, written down by templates/charts/chart.svg."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.charts.axis import axis
from indicators.charts.labels import sides
from indicators.charts.looks import OPEN_FILL, looks
from indicators.charts.structure import BREAK_MARK, NOT_FINAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from indicators.charts.axis import Axis
    from indicators.charts.labels import Side
    from indicators.charts.looks import Look, Symbol
    from indicators.charts.structure import Chart, Point, Series

WIDTH, PLOT_HEIGHT, RIGHT = 640, 240, 16
LETTER = 13
LEGEND_ROW, LEGEND_SAMPLE, GAP = 24, 40, 20
AXIS_ROW = 17
MARKER = 6
BAR_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker or a bar as a path, what it stands for, and its number where there is room."""

    path: str
    title: str
    label: Text | None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    look: Look
    is_bar: bool
    line: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the legend."""

    look: Look
    is_bar: bool
    line: str
    path: str
    name: Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template writes down; lengths in user units."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    unit: Text
    marks: tuple[Text, ...]
    ticks: tuple[tuple[Text, ...], ...]
    absences: tuple[Text, ...]
    traces: tuple[Trace, ...]
    legend: tuple[Entry, ...]
    # The lines between two definitions: where each stands, from the top to the bottom, and its mark.
    breaks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle in which values are drawn."""

    axis: Axis
    count: int
    left: float
    top: float

    @property
    def band(self) -> float:
        return (WIDTH - RIGHT - self.left) / max(self.count, 1)

    @property
    def bottom(self) -> float:
        return self.top + PLOT_HEIGHT

    def x(self, place: int) -> float:
        return round(self.left + self.band * (place + 0.5), 1)

    def y(self, share: float) -> float:
        return round(self.bottom - PLOT_HEIGHT * share, 1)


def drawing(chart: Chart) -> Drawing:
    """Lay a chart out: legend, then the values, then the names of the categories."""
    scale = axis(chart)
    entries = tuple(legend(chart))
    top = (entries[-1].name.y if entries else 0) + LEGEND_ROW + AXIS_ROW
    left = max(width_of(chart.number(mark)) for mark in scale.marks) + 16
    frame = Frame(scale, len(chart.categories), left, top)
    ticks = tuple(tick(name, frame, place) for place, name in enumerate(chart.axis_names))
    rows = max((len(lines) for lines in ticks), default=0)
    return Drawing(
        width=WIDTH,
        height=round(frame.bottom + AXIS_ROW * rows + 14),
        left=left,
        right=WIDTH - RIGHT,
        bottom=frame.bottom,
        unit=Text(0, top - 12, f"（{chart.unit}）"),
        marks=tuple(
            Text(left - 6, frame.y(float(scale.share(mark))), chart.number(mark))
            for mark in scale.marks
        ),
        ticks=ticks,
        absences=tuple(absences(chart, frame)),
        traces=tuple(traces(chart, frame)),
        legend=entries,
        breaks=tuple(
            Text(round(frame.x(place) - frame.band / 2, 1), frame.top, BREAK_MARK)
            for place in chart.breaks
        ),
    )


def width_of(text: str) -> float:
    """Return about how wide a text is: a figure takes half the width of a kanji."""
    wide = sum(1 if unicodedata.east_asian_width(sign) in "WFA" else 0.55 for sign in text)
    return round(wide * LETTER, 1)


def tick(name: str, frame: Frame, place: int) -> tuple[Text, ...]:
    first = frame.bottom + AXIS_ROW
    return tuple(
        Text(frame.x(place), first + AXIS_ROW * row, line)
        for row, line in enumerate(name.split("\n"))
    )


def absences(chart: Chart, frame: Frame) -> Iterator[Text]:
    """Yield the words that stand on the ground line where the first series has no value."""
    for place, point in enumerate(chart.series[0].points if chart.series else ()):
        if point.value is None and point.word:
            yield Text(frame.x(place), frame.bottom - 8, point.word)


def legend(chart: Chart) -> Iterator[Entry]:
    x, y = 0.0, 16.0
    for name, look, kind in legend_names(chart):
        width = LEGEND_SAMPLE + width_of(name) + GAP
        if x and x + width > WIDTH:
            x, y = 0.0, y + LEGEND_ROW
        middle, line = x + LEGEND_SAMPLE / 2 - 4, f"M{x} {y - 5}h{LEGEND_SAMPLE - 8}"
        is_bar = kind == "bar"
        path = (
            f"M{middle - 8} {y - 12}h16v14h-16z" if is_bar else symbol(look.symbol, middle, y - 5)
        )
        # What is not final is a marker alone: its line is the series'.
        has_line = kind in {"line", "target"}
        yield Entry(look, is_bar, line if has_line else "", path, Text(x + LEGEND_SAMPLE, y, name))
        x += width


def legend_names(chart: Chart) -> Iterator[tuple[str, Look, str]]:
    """Yield name, look and kind of each series, at last the marker of what is not final, where there is any."""
    shown = looks(chart)
    for series, look in zip(chart.series, shown, strict=True):
        yield series.name, look, series.kind
    if (place := chart.first_open) is not None:
        kind = "bar" if chart.series[place].kind == "bar" else ""
        yield NOT_FINAL, replace(shown[place], fill=OPEN_FILL), kind


def traces(chart: Chart, frame: Frame) -> Iterator[Trace]:
    placed = sides(chart, frame.axis)
    bars = [series for series in chart.series if series.kind == "bar"]
    for series, look, where in zip(chart.series, looks(chart), placed, strict=True):
        is_bar = series.kind == "bar"
        draw = (
            BarPen(frame, len(bars), bars.index(series)) if is_bar else LinePen(frame, look.symbol)
        )
        marks = tuple(
            mark(chart, series, place, draw=draw, side=where[place])
            for place, point in enumerate(series.points)
            if point.value is not None
        )
        line = "" if is_bar else path_through(series, frame, breaks={*chart.breaks, *series.apart})
        yield Trace(look, is_bar, line, marks)


@dataclass(frozen=True, slots=True)
class LinePen:
    frame: Frame
    symbol: Symbol

    def x(self, place: int) -> float:
        return self.frame.x(place)

    def path(self, place: int, share: float) -> str:
        return symbol(self.symbol, self.x(place), self.frame.y(share))


@dataclass(frozen=True, slots=True)
class BarPen:
    frame: Frame
    count: int
    number: int

    @property
    def width(self) -> float:
        return round(self.frame.band * BAR_SHARE / self.count, 1)

    def x(self, place: int) -> float:
        first = self.frame.x(place) - self.width * (self.count - 1) / 2
        return round(first + self.width * self.number, 1)

    def path(self, place: int, share: float) -> str:
        """Return a bar from the line of zero."""
        ground = self.frame.y(float(self.frame.axis.share(Decimal(0))))
        left, top = round(self.x(place) - self.width / 2, 1), self.frame.y(share)
        return f"M{left} {ground}V{top}h{self.width}V{ground}z"


def mark(chart: Chart, series: Series, place: int, *, draw: LinePen | BarPen, side: Side) -> Mark:
    point = series.points[place]
    share = share_of(point, draw.frame)
    title = f"{chart.categories[place]} {series.name} {chart.words(point)} {chart.unit}"
    label = None
    if side and point.value is not None:
        y = draw.frame.y(share) + (-10 if side == "above" else 20)
        label = Text(draw.x(place), round(y, 1), chart.number(point.value))
    return Mark(draw.path(place, share), title, label, point.is_open)


def share_of(point: Point, frame: Frame) -> float:
    return 0.0 if point.value is None else float(frame.axis.share(point.value))


def path_through(series: Series, frame: Frame, *, breaks: Collection[int] = ()) -> str:
    """Return the line through the points; it breaks where a value is missing, a target's does not.

    No line leads over a change of the definition, nor to or from a number of a part of the year.
    """
    path, pen = "", "M"
    for place, point in enumerate(series.points):
        pen = "M" if place in breaks else pen
        if point.value is not None:
            path += f"{pen}{frame.x(place)} {frame.y(share_of(point, frame))}"
            pen = "L"
        elif series.kind != "target":
            pen = "M"
    return path


def symbol(name: Symbol, x: float, y: float) -> str:
    """Return a marker around a point as a path."""
    r = MARKER
    shapes = {
        "circle": f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z",
        "square": f"M{x - r} {y - r}h{2 * r}v{2 * r}h{-2 * r}z",
        "triangle": f"M{x} {y - r}l{r} {2 * r}h{-2 * r}z",
        "cross": f"M{x - r} {y - r}l{2 * r} {2 * r}m0 {-2 * r}l{-2 * r} {2 * r}",
        "diamond": f"M{x} {y - r - 1}l{r + 1} {r + 1}l{-r - 1} {r + 1}l{-r - 1} {-r - 1}z",
    }
    return shapes[name]
