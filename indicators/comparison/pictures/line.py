"""A line of numbers that rises to the right, and dots on it that do not cover each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.charts.axis import Axis, ceil_to, floor_to, round_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicators.comparison.shape import Cell, Column, Comparison

# A dot may have any of these widths: the largest with which the heap stays low.
WIDTHS = (14, 11, 9, 7, 5, 4)
HIGHEST = 230


@dataclass(frozen=True, slots=True)
class Scale:
    """Values to lengths: from `left` on, `width` long."""

    axis: Axis
    left: int
    width: int

    def x(self, value: Decimal) -> float:
        return round(self.left + float(self.axis.share(value)) * self.width, 1)


def values(comparison: Comparison, column: Column) -> list[Decimal]:
    """Return every number that stands on the line of an indicator."""
    cells = (comparison.cell(place, column).value for place in comparison.places)
    told = [value for value in cells if value is not None]
    return told + [cell.value for cell in larger(column, told) if cell.value is not None]


def larger(column: Column, told: Sequence[Decimal]) -> list[Cell]:
    """Return prefecture and nation where they stand near enough: a sum of all towns would press them together."""
    if not told:
        return []
    low, high = min(told), max(told)
    reach = (high - low) or abs(high)
    return [
        cell
        for cell in (column.prefecture, column.nation)
        if cell.value is not None and low - reach <= cell.value <= high + reach
    ]


def scale(found: Iterable[Decimal], decimals: int, *, left: int, width: int) -> Scale:
    """Return a scale from round number to round number that holds all these."""
    numbers = list(found) or [Decimal(0)]
    low, high = min(numbers), max(numbers)
    step = round_step(high - low, finest=Decimal(1).scaleb(-decimals))
    first, last = floor_to(low, step), ceil_to(high, step)
    if first == last:
        first, last = first - step, last + step
    count = int((last - first) / step)
    return Scale(Axis(tuple(first + step * number for number in range(count + 1))), left, width)


def heaped(places: Sequence[float]) -> tuple[int, list[int]]:
    """Return the width of a dot, and for each place on the line how many dots it stands above the line.

    The places come in rising order; the heap is lowest where its dots come first.
    """
    levels: list[int] = []
    for width in WIDTHS:
        levels = stacked(places, width)
        if (max(levels, default=0) + 1) * width <= HIGHEST:
            break
    return width, levels


def stacked(places: Sequence[float], width: int) -> list[int]:
    """Put each dot on the lowest level where it touches none before it."""
    ends: list[float] = []
    found = []
    for place in places:
        level = next((n for n, end in enumerate(ends) if place - end >= width), len(ends))
        ends[level:] = [place, *ends[level + 1 :]]
        found.append(level)
    return found
