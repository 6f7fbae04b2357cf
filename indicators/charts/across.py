"""The chart as bars that lie: each under its whole name, for categories whose names are sentences."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.charts.looks import LOOKS
from indicators.charts.svg import LETTER, WIDTH, width_of

if TYPE_CHECKING:
    from indicators.charts.looks import Look
    from indicators.charts.structure import Chart, Point

LINE, BAR, GAP = 18, 20, 12
# Room for the number behind the longest bar.
NUMBER = 84
FULL_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One category: the lines of its name, its bar below them, and its number. `width` 0: no value."""

    names: tuple[str, ...]
    name_y: tuple[int, ...]
    y: int
    width: float
    number: str

    @property
    def number_x(self) -> float:
        return round(self.width + 8, 1)

    @property
    def number_y(self) -> int:
        return self.y + BAR - 5

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        return tuple(zip(self.names, self.name_y, strict=True))


@dataclass(frozen=True, slots=True)
class Bars:
    """What the template writes down; the first series alone is drawn."""

    width: int
    height: int
    bar: int
    look: Look
    bars: tuple[Bar, ...]


def bars(chart: Chart) -> Bars:
    """Lay the first series out from top to bottom. Percentages fill the width at 100."""
    points = chart.series[0].points if chart.series else ()
    full = full_length(chart)
    found, y = [], 0
    for name, point in zip(chart.categories, points, strict=True):
        names = wrapped(name)
        name_y = tuple(y + LINE * (row + 1) - 4 for row in range(len(names)))
        top = y + LINE * len(names)
        found.append(Bar(names, name_y, top, length(point, full), in_words(chart, point)))
        y = top + BAR + GAP
    return Bars(WIDTH, max(y, GAP), BAR, LOOKS[0], tuple(found))


def full_length(chart: Chart) -> Decimal:
    longest = max(chart.values, default=Decimal(0))
    return max(longest, FULL_PERCENT) if chart.unit == "%" else longest


def length(point: Point, full: Decimal) -> float:
    if point.value is None or full <= 0:
        return 0.0
    return round(float(point.value / full) * (WIDTH - NUMBER), 1)


def in_words(chart: Chart, point: Point) -> str:
    words = chart.words(point)
    return words if point.value is None else f"{words}{chart.unit}"


def wrapped(name: str) -> tuple[str, ...]:
    """Break a name where it would leave the picture."""
    lines, line = [], ""
    for sign in name:
        if line and width_of(line + sign) > WIDTH - LETTER:
            lines.append(line)
            line = ""
        line += sign
    return (*lines, line)
