"""一つの市町村の位置: one place among the others in every indicator, each on a line from worst to best. Pure.

Each line is stretched so that the median stands in its middle and the farther end touches the edge:
lines can be read below each other, whatever their units are (the spine chart of Fingertips).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.comparison.page import heat
from indicators.comparison.pictures import classes, listed, strip

if TYPE_CHECKING:
    from indicators.comparison.pictures.classes import Look
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Cell, Column, Comparison, Place

WIDTH, EDGE = 200, 12
HALF = Decimal("0.5")
NOTHING = "－"


@dataclass(frozen=True, slots=True)
class Spine:
    """The line of one indicator; x as the template writes it. Left and right follow "better is right".

    `middle` reaches from quartile to quartile; None among too few for quartiles.
    """

    whole: tuple[str, str] | None
    middle: tuple[str, str] | None
    median: str
    own: str
    larger: tuple[strip.Mark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with the numbers that its line is drawn from."""

    column: Column
    value: str
    look: Look
    rank: str
    chance: str
    reply: str
    numbers: tuple[tuple[str, str], ...]
    spine: Spine | None
    query: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The lines of one place, and the places that may be looked at instead."""

    place: Place
    lines: tuple[Line, ...]


def profile(comparison: Comparison, selection: Selection) -> Profile | None:
    """Return the profile of the marked place; None while none is chosen."""
    place = listed.marked(comparison, selection)
    if place is None:
        return None
    found = (line(comparison.cell(place, one), one, selection) for one in comparison.columns)
    return Profile(place, tuple(found))


def line(cell: Cell, column: Column, selection: Selection) -> Line:
    return Line(
        column=column,
        value=classes.text(cell, column),
        look=classes.look(cell, column),
        rank=classes.rank_text(cell, column),
        chance=listed.said(cell),
        reply=cell.reply,
        numbers=numbers(column),
        spine=spine(cell, column),
        query=selection.query(view="strip", focus=column.code),
    )


def numbers(column: Column) -> tuple[tuple[str, str], ...]:
    """Return the numbers of the line in words, from the lowest on, then those of the larger places."""
    summary = column.summary
    told = [
        ("最小", summary.minimum),
        ("第1四分位", summary.first),
        ("中央値", summary.median),
        ("第3四分位", summary.third),
        ("最大", summary.maximum),
    ]
    words = [(name, heat.text(one, column) or NOTHING) for name, one in told]
    larger = (("都道府県", column.prefecture), ("全国", column.nation))
    return (*words, *((name, bare(cell, column)) for name, cell in larger))


def bare(cell: Cell, column: Column) -> str:
    """Return a number without its unit, which stands beside the name; 「－」 where there is none."""
    return heat.text_of_cell(cell, column) or NOTHING


def spine(cell: Cell, column: Column) -> Spine | None:
    """Return the line; None where there are no two numbers to lie between."""
    summary = column.summary
    if summary.minimum is None or summary.median is None or summary.maximum is None:
        return None
    if summary.count <= 1:
        return None
    is_turned = column.direction == "lower"
    at = Stretch(summary.minimum, summary.median, summary.maximum, is_turned=is_turned)
    cells = (("prefecture", "都道府県", column.prefecture), ("nation", "全国", column.nation))
    return Spine(
        whole=at.between(summary.minimum, summary.maximum),
        middle=at.between(summary.first, summary.third),
        median=f"{at.x(summary.median):g}",
        own="" if cell.value is None or not at.holds(cell.value) else f"{at.x(cell.value):g}",
        larger=tuple(
            strip.Mark(kind, name, classes.text(one, column), f"{at.x(one.value):g}")
            for kind, name, one in cells
            if one.value is not None and at.holds(one.value)
        ),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Puts the median in the middle and the farther end at the edge; turned where lower is better."""

    low: Decimal
    median: Decimal
    high: Decimal
    is_turned: bool

    @property
    def reach(self) -> Decimal:
        return max(self.median - self.low, self.high - self.median)

    def share(self, value: Decimal) -> Decimal:
        """Return 0 for the left edge, 1 for the right one; all in the middle where all are equal."""
        step = (value - self.median) / (2 * self.reach) if self.reach else Decimal(0)
        return HALF - step if self.is_turned else HALF + step

    def holds(self, value: Decimal) -> bool:
        """Say whether a value lies on the line at all: a nation may lie outside its towns, and so does the zero of nobody."""
        return self.low <= value <= self.high

    def between(self, one: Decimal | None, other: Decimal | None) -> tuple[str, str] | None:
        """Return where the stretch between two values begins, and how long it is."""
        if one is None or other is None:
            return None
        left, right = sorted((self.x(one), self.x(other)))
        return f"{left:g}", f"{right - left:g}"

    def x(self, value: Decimal) -> float:
        return round(EDGE + float(self.share(value)) * (WIDTH - 2 * EDGE), 1)
