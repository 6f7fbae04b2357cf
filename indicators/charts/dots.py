"""The chart as dots on lines that lie: for each category the dots of all series, joined, under its whole name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.charts.across import FULL_PERCENT, LINE, full_length, wrapped
from indicators.charts.looks import looks
from indicators.charts.svg import LETTER, WIDTH, symbol, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from indicators.charts.looks import Look
    from indicators.charts.structure import Chart

# Above and below a line of dots; room at both ends for a marker and half a number.
TRACK, GAP, EDGE = 34, 10, 24


@dataclass(frozen=True, slots=True)
class Dot:
    look: Look
    path: str
    x: float
    number: str
    number_y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One category: the lines of its name, the line on which its dots lie, and what joins them."""

    named: tuple[tuple[str, int], ...]
    y: int
    joined: tuple[float, float] | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Key:
    look: Look
    path: str
    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Dots:
    """What the template writes down; lengths in user units."""

    width: int
    height: int
    start: float
    end: float
    keys: tuple[Key, ...]
    lines: tuple[Line, ...]


def dots(chart: Chart) -> Dots:
    """Lay all series out from top to bottom. Percentages fill the width at 100."""
    keys = tuple(keys_of(chart))
    y, lines = LINE * len(keys) + GAP, []
    full = full_length(chart) or FULL_PERCENT
    for place, name in enumerate(chart.categories):
        names = wrapped(name)
        named = tuple((text, y + LINE * (row + 1) - 4) for row, text in enumerate(names))
        track = y + LINE * len(names) + TRACK // 2 + 4
        lines.append(line_of(chart, place, full=full, named=named, y=track))
        y = track + TRACK // 2 + GAP
    return Dots(WIDTH, max(y, GAP), EDGE, WIDTH - EDGE, keys, tuple(lines))


def keys_of(chart: Chart) -> Iterator[Key]:
    for row, (series, look) in enumerate(zip(chart.series, looks(chart), strict=True)):
        y = LINE * (row + 1) - 4
        yield Key(look, symbol(look.symbol, 8, y - 5), shortened(series.name), y)


def shortened(name: str) -> str:
    """Return the name of a series on one line."""
    first = wrapped(name)[0]
    return name if first == name else f"{first[:-2]}…"


def line_of(
    chart: Chart, place: int, *, full: Decimal, named: tuple[tuple[str, int], ...], y: int
) -> Line:
    found: list[Dot] = []
    for series, look in zip(chart.series, looks(chart), strict=True):
        point = series.points[place]
        if point.value is None:
            continue
        x = round(EDGE + float(point.value / full) * (WIDTH - 2 * EDGE), 1)
        number = chart.number(point.value)
        number_y = y - 10 if is_free(found, x, number, y - 10) else y + 20
        found.append(Dot(look, symbol(look.symbol, x, y), x, number, number_y))
    ends = [dot.x for dot in found]
    joined = (min(ends), max(ends)) if len(ends) > 1 else None
    return Line(named, y, joined, tuple(found))


def is_free(found: list[Dot], x: float, number: str, y: int) -> bool:
    """Say whether a number above its dot leaves those of other dots readable."""
    return all(
        dot.number_y != y
        or abs(dot.x - x) > (width_of(dot.number) + width_of(number)) / 2 + LETTER / 2
        for dot in found
    )
