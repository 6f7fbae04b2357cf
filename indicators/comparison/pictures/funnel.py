"""偶然の範囲: the value of each place over its denominator, with the lines between which chance alone may put it. Pure.

The smaller a place, the farther chance carries its value: the lines open to the left like a funnel. They
are those of `chance`, so that a mark lies outside exactly where its cell says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.comparison.judging import chance, limits, telling
from indicators.comparison.judging.chance import RARE, VERY_RARE
from indicators.comparison.judging.dispersion import Spread
from indicators.comparison.judging.dispersion import limits as widened
from indicators.comparison.judging.quarters import LEAST_COMPARED
from indicators.comparison.page import heat
from indicators.comparison.pictures import classes, line, listed, naming
from indicators.comparison.shape import Chance, Quarter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indicators.charts.axis import Axis
    from indicators.comparison.judging.limits import Limits
    from indicators.comparison.pictures.listed import Row
    from indicators.comparison.pictures.naming import Points
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Cell, Column, Comparison, Place

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 24, 48
# The lines are drawn through so many denominators.
STEPS = 40
LEVELS = (("rare", "95％", RARE), ("very-rare", "99.8％", VERY_RARE))
SHAPES = {
    Chance.FAR_ABOVE: "far-above",
    Chance.ABOVE: "above",
    Chance.BELOW: "below",
    Chance.FAR_BELOW: "far-below",
}
WITHIN, REFERENCE, UNPROVIDED = "within", "reference", "unprovided"
NO_PARTS = "この指標は、分子と分母が分からないため、偶然の範囲の図はありません。"
ALONE = "値と分母が分かる地域が1つだけのため、偶然の範囲の図はありません。平均と比べられません。"
NO_MEAN = "平均が0か100％のため、偶然の範囲の図はありません。"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the picture: `shape` says on which side of which line it lies. `label` is empty within them."""

    row: Row
    base: str
    shape: str
    x: float
    y: float
    label: str = ""
    anchor: str = "start"

    @property
    def is_named(self) -> bool:
        return self.row.is_marked or self.shape in SHAPES.values()


@dataclass(frozen=True, slots=True)
class Other:
    """A place that is no row: a pale dot with what is said of it."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """The two limits of one level as one path."""

    kind: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The picture of an indicator; lengths as the template writes them. `absence` says why there is none."""

    column: Column
    direction: str
    rows: tuple[Row, ...]
    absence: str = ""
    marks: tuple[Mark, ...] = ()
    # Where the rows are filtered: those that are no rows, but shown to the reader.
    others: tuple[Other, ...] = ()
    lines: tuple[Line, ...] = ()
    # So few lie at the left that not even none of them would be rare: there is no line below.
    is_open_below: bool = False
    mean: float = 0
    mean_text: str = ""
    base_marks: tuple[tuple[float, str], ...] = ()
    up_marks: tuple[tuple[float, str], ...] = ()
    base: str = ""

    width, height = WIDTH, HEIGHT
    left, top = LEFT, TOP
    right, ground = WIDTH - RIGHT, HEIGHT - BOTTOM

    @property
    def marked(self) -> Mark | None:
        return next((mark for mark in self.marks if mark.row.is_marked), None)

    @property
    def way(self) -> str:
        """What is pressed to mark a place; empty where nothing can be."""
        if not self.marks:
            return ""
        return "図の点（薄い小さな点を除く）" if self.others else "図の点"

    @property
    def shapes(self) -> set[str]:
        return {mark.shape for mark in self.marks}

    @property
    def outside(self) -> int:
        return sum(mark.shape in SHAPES.values() for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Denominators to the right by their logarithms, values upward."""

    low: float
    high: float
    axis: Axis

    def x(self, base: float) -> float:
        share = (math.log10(base) - self.low) / (self.high - self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: Decimal) -> float:
        share = min(max(float(self.axis.share(value)), -1.0), 2.0)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def focused(comparison: Comparison, selection: Selection) -> Column | None:
    """Return the indicator that is looked at; where none is asked for, the first that can be drawn.

    Of those behind alone the first in which somebody is.
    """
    column = listed.focused(comparison, selection)
    if selection.focus or selection.sort:
        return column
    drawn = [
        one for one in comparison.columns if not absence_of(one, counted(comparison.everybody, one))
    ]
    if selection.only_behind:
        drawn.sort(key=lambda one: not has_behind(comparison, one))
    return next(iter(drawn), column)


def offered(comparison: Comparison) -> list[Column]:
    """Return the indicators that can be drawn."""
    return [one for one in comparison.columns if one.summary.count > 1 and not lack_of(one)]


def passed_over(comparison: Comparison, selection: Selection, drawn: Column) -> list[Column]:
    """Return the indicators that were chosen and have no picture, before the one that is drawn in their place."""
    if not selection.indicators or selection.focus or selection.sort:
        return []
    ahead = comparison.columns[: comparison.columns.index(drawn)]
    return [one for one in ahead if absence_of(one, counted(comparison.everybody, one))]


def has_behind(comparison: Comparison, column: Column) -> bool:
    """Whether one of the places shown is in the worse, or lower, quarter, and not by chance alone."""
    cells = (comparison.cell(place, column) for place in comparison.places)
    return column in comparison.lagging("") and any(
        one.quarter is Quarter.LOWEST
        and chance.stands_out(one.quarter, one.chance, column.direction)
        for one in cells
    )


def funnel(comparison: Comparison, column: Column, selection: Selection) -> Funnel:
    """Lay the places of an indicator out, or say why that cannot be done."""
    rows = tuple(listed.rows(comparison, column, selection))
    everybody = counted(comparison.everybody, column)
    absence = absence_of(column, everybody)
    if absence:
        return Funnel(column, classes.better(column), rows, absence)
    sheet = sheet_of(column, [cell for _, cell in everybody])
    by_code = {row.place.code: row for row in rows}
    marks = [mark(by_code[place.code], cell, sheet) for place, cell in counted(comparison, column)]
    average = column.average or Decimal(0)
    curves = list(curves_of(column, bases_of(sheet)))
    mean = sheet.y(average)
    drawn = [points for curve in curves for points in points_of(curve, column, sheet)]
    drawn.append([(LEFT, mean), (WIDTH - RIGHT, mean)])
    return Funnel(
        column=column,
        direction=classes.better(column),
        rows=rows,
        marks=tuple(naming.named(marks, drawn, (LEFT, WIDTH))),
        others=tuple(
            other(place, cell, column, sheet)
            for place, cell in everybody
            if place.code not in by_code
        ),
        lines=tuple(lines(curves, column, sheet)),
        is_open_below=any(one.low is None for curve in curves for _, one in curve),
        mean=mean,
        mean_text=f"{heat.text(average, column)}{column.unit}",
        base_marks=tuple(base_marks(sheet)),
        up_marks=tuple((sheet.y(one), heat.text(one, column)) for one in sheet.axis.marks),
        base="割る人口（分母）" if column.per else "分母",
    )


def counted(comparison: Comparison, column: Column) -> list[tuple[Place, Cell]]:
    """Return the places of which value and denominator are known, those in the order of the table."""
    cells = ((place, comparison.cell(place, column)) for place in comparison.places)
    return [(place, cell) for place, cell in cells if cell.value is not None and cell.denominator]


def absence_of(column: Column, there: Sequence[tuple[Place, Cell]]) -> str:
    """Say why an indicator is not drawn, of which so many places have value and denominator; empty where it is."""
    if len(there) == 1 and column.summary.count == 1:
        return lack_of(column) or ALONE
    return lack_of(column) or ("" if there else NO_PARTS)


def lack_of(column: Column) -> str:
    """Say what the indicator itself lacks, whoever is shown."""
    if telling.WITHHELD in column.notes:
        return telling.WITHHELD
    if not column.times or column.average is None:
        return NO_PARTS
    mean = rate(column)
    is_told = 0 < mean < 1 if column.is_share else mean > 0
    return "" if is_told else NO_MEAN


def rate(column: Column) -> float:
    """Return the average as a rate of its denominator."""
    return float(column.average or 0) / column.times


def sheet_of(column: Column, cells: Sequence[Cell]) -> Sheet:
    bases = [math.log10(cell.denominator) for cell in cells if cell.denominator]
    room = max((max(bases) - min(bases)) * 0.04, 0.05)
    values = [cell.value for cell in cells if cell.value is not None]
    values += [column.average or Decimal(0), *room_for_lines(column, cells)]
    height = line.scale(values, column.decimals, left=0, width=1)
    return Sheet(min(bases) - room, max(bases) + room, height.axis)


def room_for_lines(column: Column, cells: Sequence[Cell]) -> list[Decimal]:
    """Return where the inner lines lie at few places: their values alone would leave the lines outside the sheet."""
    if len(cells) >= LEAST_COMPARED:
        return []
    inner = next(curves_of(column, [float(cell.denominator) for cell in cells if cell.denominator]))
    ends = (end for _, limit in inner for end in limit if end is not None)
    return [Decimal(end * column.times) for end in ends]


def mark(row: Row, cell: Cell, sheet: Sheet) -> Mark:
    x = sheet.x(float(cell.denominator or 1))
    shape = WITHIN if cell.chance is not None else REFERENCE
    shape = UNPROVIDED if cell.is_structural_zero else shape
    return Mark(
        row=row,
        base=f"{cell.denominator:,.0f}",
        shape=SHAPES.get(cell.chance, shape) if cell.chance else shape,
        x=x,
        y=sheet.y(cell.value or Decimal(0)),
        anchor="start" if x < WIDTH / 2 else "end",
    )


def other(place: Place, cell: Cell, column: Column, sheet: Sheet) -> Other:
    return Other(
        name=classes.sentence(place, cell, column),
        x=sheet.x(float(cell.denominator or 1)),
        y=sheet.y(cell.value or Decimal(0)),
    )


def bases_of(sheet: Sheet) -> list[float]:
    """Return the denominators through which the lines are drawn."""
    step = (sheet.high - sheet.low) / STEPS
    return [10 ** (sheet.low + step * at) for at in range(STEPS + 1)]


def curves_of(column: Column, bases: Sequence[float]) -> Iterator[list[tuple[float, Limits]]]:
    """Yield for each level the limits at these denominators."""
    of = limits.of_share if column.is_share else limits.of_count
    spread = Spread(rate(column), column.between, column.is_share)
    for _, _, rare in LEVELS:
        yield [(base, widened(of(base, spread.rate, rare), base, rare, spread)) for base in bases]


def lines(
    curves: Iterable[list[tuple[float, Limits]]], column: Column, sheet: Sheet
) -> Iterator[Line]:
    """Yield the limits of each level; where nothing is so rare there is no line."""
    for (kind, label, _), curve in zip(LEVELS, curves, strict=True):
        yield Line(kind, label, "".join(map(path, points_of(curve, column, sheet))))


def points_of(
    curve: Iterable[tuple[float, Limits]], column: Column, sheet: Sheet
) -> Iterator[Points]:
    """Yield where the lower and the upper limit of a level run."""
    found = list(curve)
    for side in ("low", "high"):
        rates = ((base, getattr(one, side)) for base, one in found)
        yield [
            (sheet.x(base), sheet.y(Decimal(rate * column.times)))
            for base, rate in rates
            if rate is not None
        ]


def path(points: Points) -> str:
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in points)}" if points else ""


def base_marks(sheet: Sheet) -> Iterator[tuple[float, str]]:
    """Yield the round denominators: the powers of ten, and between few of them twice and five times those.

    Between none of them the middle, to two figures: no axis is without a number.
    """
    powers = range(math.floor(sheet.low), math.ceil(sheet.high) + 1)
    is_short = sheet.high - sheet.low < 2  # noqa: PLR2004 -- two powers of ten
    steps = (1, 2, 5) if is_short else (1,)
    found = [times * 10.0**power for power in powers for times in steps]
    inside = [base for base in found if sheet.low <= math.log10(base) <= sheet.high]
    for base in inside or [float(f"{10 ** ((sheet.low + sheet.high) / 2):.1e}")]:
        yield sheet.x(base), f"{base:,.0f}"
