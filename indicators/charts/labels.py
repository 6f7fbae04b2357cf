"""Where the numbers stand beside their points, so that they do not cover each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from indicators.charts.axis import Axis
    from indicators.charts.structure import Chart

Side = Literal["above", "below", ""]
# A share of the axis: as high as a number is on a picture of the usual size.
HEIGHT = 0.09
# So near its middle a number would be struck through by the mark of another series.
MARK = 0.055
# So many categories fit with a number at each; beyond that only some are written out.
ROOM = 12


def sides(chart: Chart, axis: Axis) -> list[list[Side]]:
    """Return for each series and point the side of its number; empty where there is no room."""
    found: list[list[Side]] = [["" for _ in series.points] for series in chart.series]
    for place in written_out(len(chart.categories)):
        occupied: list[float] = []
        points = from_the_top(chart, axis, place)
        for number, height in points:
            marks = [other for one, other in points if one != number]
            found[number][place] = side = free_side(height, occupied, marks)
            if side:
                occupied.append(centre(height, side))
    return found


def written_out(count: int) -> list[int]:
    """Return the places of the categories whose numbers are written out, the last one always."""
    every = -(-count // ROOM)
    return [place for place in range(count) if (count - 1 - place) % every == 0] if count else []


def from_the_top(chart: Chart, axis: Axis, place: int) -> list[tuple[int, float]]:
    heights = [
        (number, float(axis.share(value)))
        for number, series in enumerate(chart.series)
        if (value := series.points[place].value) is not None
    ]
    return sorted(heights, key=lambda one: -one[1])


def free_side(height: float, occupied: list[float], marks: list[float]) -> Side:
    """Return the side of a number: free of other numbers, and of others' marks where one side is."""
    tried: tuple[Side, ...] = ("above", "below")
    free = [
        side
        for side in tried
        if (middle := centre(height, side)) > 0
        and all(abs(middle - other) >= HEIGHT for other in occupied)
    ]
    clear = [
        side for side in free if all(abs(centre(height, side) - mark) >= MARK for mark in marks)
    ]
    return next(iter(clear or free), "")


def centre(height: float, side: Side) -> float:
    return height + (HEIGHT if side == "above" else -HEIGHT) * 0.8
