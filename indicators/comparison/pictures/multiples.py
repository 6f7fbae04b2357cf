"""推移: a small line for each place, all on one scale, with prefecture and nation thin behind. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.comparison.judging import telling
from indicators.comparison.page import heat
from indicators.comparison.pictures import line, listed

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.comparison.pictures.line import Scale
    from indicators.comparison.reading.trends import Point, Trend, Trends
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison

WIDTH, HEIGHT, EDGE = 160, 72, 8


@dataclass(frozen=True, slots=True)
class Small:
    """One place: its path, its lone points, and its numbers in words, one for each year."""

    name: str
    code: str
    path: str
    dots: tuple[tuple[str, str], ...]
    first: str
    last: str
    words: tuple[str, ...]
    query: str
    is_marked: bool
    # Why nothing is drawn, in the words of the table: that of the newest year; empty where something is.
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Multiples:
    """`low` and `high` are the ends of the one scale that all share."""

    column: Column
    years: tuple[int, ...]
    places: tuple[Small, ...]
    larger: tuple[Small, ...]
    low: str
    high: str
    notes: tuple[str, ...] = ()

    @property
    def behind(self) -> tuple[tuple[str, Small], ...]:
        """The larger places that have a line on this scale, with its style."""
        return tuple((one.code, one) for one in self.larger if one.path)


def multiples(
    comparison: Comparison, column: Column, selection: Selection, trends: Trends
) -> Multiples:
    """Draw the trends of all places on one scale."""
    starts = frozenset(trends.years.index(year) for year in trends.starts)
    pen = Pen(column, scale_of(trends, column), len(trends.years), starts)
    own = listed.marked(comparison, selection)
    larger = (("prefecture", trends.prefecture), ("nation", trends.nation))
    return Multiples(
        column=column,
        years=trends.years,
        places=tuple(
            pen.small(
                one,
                one.place.code,
                selection.query(town=one.place.code),
                is_marked=one.place == own,
            )
            for one in trends.places
        ),
        larger=tuple(pen.small(one, code, "", is_marked=False) for code, one in larger if one),
        low=heat.text(pen.scale.axis.low, column),
        high=heat.text(pen.scale.axis.high, column),
        notes=trends.notes,
    )


def scale_of(trends: Trends, column: Column) -> Scale:
    """Return one scale for all: what lies far outside the places does not press them together."""
    told = [value for one in trends.places for value in known(one)]
    low, high = min(told, default=None), max(told, default=None)
    if low is not None and high is not None:
        reach = (high - low) or abs(high)
        larger = [one for one in (trends.prefecture, trends.nation) if one]
        told += [
            value for one in larger for value in known(one) if low - reach <= value <= high + reach
        ]
    return line.scale(told, column.decimals, left=0, width=HEIGHT - 2 * EDGE)


def known(trend: Trend) -> list[Decimal]:
    return [point.value for point in trend.points if point.value is not None]


@dataclass(frozen=True, slots=True)
class Pen:
    column: Column
    scale: Scale
    years: int
    # Before which points a line ends.
    starts: frozenset[int] = frozenset()

    def small(self, trend: Trend, code: str, query: str, *, is_marked: bool) -> Small:
        words = tuple(self.words(point) for point in trend.points)
        there = [at for at, point in enumerate(trend.points) if self.is_drawn(point)]
        # From where to where: within the line that ends the drawing, and not to the number itself.
        begin = next((at for at in there if at >= max(self.starts, default=0)), None)
        is_line = begin is not None and begin != there[-1]
        return Small(
            name=trend.place.name,
            code=code,
            path=self.path(trend),
            dots=tuple(self.spot(trend.points[at], at) for at in there[-1:]),
            first=words[begin] if begin is not None and is_line else "",
            last=words[there[-1]] if there else "",
            words=words,
            query=query,
            is_marked=is_marked,
            missing="" if there or not trend.points else self.missing(trend.points[-1]),
        )

    def missing(self, point: Point) -> str:
        return telling.MISSING.get(point.state, "")

    def words(self, point: Point) -> str:
        """Return the number without its unit, which stands above the drawing."""
        return heat.text(point.value, self.column) or telling.STATES[point.state]

    def is_drawn(self, point: Point) -> bool:
        """Leave out what lies outside the scale: it stands in the table."""
        axis = self.scale.axis
        return point.value is not None and axis.low <= point.value <= axis.high

    def spot(self, point: Point, at: int) -> tuple[str, str]:
        left, step = EDGE, (WIDTH - 2 * EDGE) / max(self.years - 1, 1)
        if self.years == 1:
            left = WIDTH // 2
        height = 0.0 if point.value is None else self.scale.x(point.value)
        return f"{round(left + step * at, 1):g}", f"{round(HEIGHT - EDGE - height, 1):g}"

    def path(self, trend: Trend) -> str:
        """Return the line through the points; it breaks where a year is missing or counted otherwise, and a year alone is a dot."""
        path, pen = "", "M"
        for at, point in enumerate(trend.points):
            pen = "M" if at in self.starts else pen
            if self.is_drawn(point):
                x, y = self.spot(point, at)
                path += f"{pen}{x} {y}" + ("h0" if pen == "M" else "")
                pen = "L"
            else:
                pen = "M"
        return path
