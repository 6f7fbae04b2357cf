"""The chart as a table: one row for each category, one column for each series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.charts.structure import Chart


@dataclass(frozen=True, slots=True)
class Table:
    """Head and rows in words; the first cell of a row is its category."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(chart: Chart) -> Table:
    """Return the table with the same values as the pictures."""
    columns = zip(*(series.points for series in chart.series), strict=True)
    rows = tuple(
        (category, *(chart.words(point) for point in points))
        for category, points in zip(chart.marked_categories, columns, strict=True)
    )
    return Table((chart.category, *(series.name for series in chart.series)), rows)
