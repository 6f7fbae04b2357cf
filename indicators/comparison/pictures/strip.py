"""分布: one dot for each place on the line of an indicator, with quartiles, prefecture and nation. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.comparison.page import heat
from indicators.comparison.pictures import classes, line, listed

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.comparison.pictures.line import Scale
    from indicators.comparison.pictures.listed import Row
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison, Place

WIDTH, EDGE, TOP = 720, 36, 48
# Below the line: its numbers, the box of the quartiles, the name of the marked place.
NUMBERS, BOX, NAME = 22, 14, 30
SMALL_WIDTH, SMALL_EDGE, SMALL_HEIGHT = 360, 8, 28
QUARTILES = (("first", "第1四分位"), ("median", "中央値"), ("third", "第3四分位"))


@dataclass(frozen=True, slots=True)
class Dot:
    row: Row
    x: str
    y: str
    anchor: str

    @property
    def is_unprovided(self) -> bool:
        """A zero because nobody offers it there: a square, as in the funnel."""
        return self.row.look.code == classes.ZERO.code


@dataclass(frozen=True, slots=True)
class Mark:
    """A number told on the line by a stroke and its words; without `x` it lies far outside."""

    kind: str
    name: str
    text: str
    x: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing of one indicator; lengths as the template writes them."""

    column: Column
    direction: str
    width: int
    height: int
    ground: int
    radius: str
    # The outline of a square as wide as a dot, around its middle.
    square: str
    dots: tuple[Dot, ...]
    axis: tuple[tuple[str, str], ...]
    quartiles: tuple[Mark, ...]
    larger: tuple[Mark, ...]
    rows: tuple[Row, ...]
    # The rows, and with them the dots, are a part of the places that the quartiles are of.
    is_of_some: bool = False

    @property
    def way(self) -> str:
        """What is pressed to mark a place; empty where nothing can be."""
        return "図の点" if self.dots else ""

    @property
    def name_y(self) -> int:
        """Where the name of the marked place stands."""
        return self.height - 6

    @property
    def box(self) -> tuple[str, str] | None:
        """From the first to the third quartile: where it begins, how long it is."""
        if len(self.quartiles) < len(QUARTILES):
            return None
        first, last = float(self.quartiles[0].x), float(self.quartiles[-1].x)
        return f"{first:g}", f"{round(last - first, 1):g}"

    @property
    def marked(self) -> Dot | None:
        return next((dot for dot in self.dots if dot.row.is_marked), None)

    @property
    def unprovided(self) -> int:
        """How many marks are squares: those are no part of the quartiles."""
        return sum(dot.is_unprovided for dot in self.dots)

    @property
    def counted(self) -> int:
        return len(self.dots) - self.unprovided

    @property
    def missing(self) -> int:
        return len(self.rows) - len(self.dots)


@dataclass(frozen=True, slots=True)
class Small:
    """One indicator among many: its dots as one path, and the marked place."""

    column: Column
    query: str
    direction: str
    path: str
    # The zeros of places where nobody offers it, as squares.
    squares: str
    median: str
    own: str
    own_text: str
    median_text: str
    range_text: str


def strip(comparison: Comparison, column: Column, selection: Selection) -> Strip:
    """Lay the dots of an indicator out, each above the others where they would touch."""
    scale = scale_of(comparison, column, left=EDGE, width=WIDTH - 2 * EDGE)
    rows = listed.rows(comparison, column, selection)
    there, everybody = in_order(comparison, column), in_order(comparison.everybody, column)
    width, levels = line.heaped([scale.x(value) for value, _ in there])
    ground = TOP + (max(levels, default=0) + 1) * width
    by_code = {row.place.code: row for row in rows}
    return Strip(
        column=column,
        direction=classes.better(column),
        width=WIDTH,
        height=ground + NUMBERS + BOX + NAME,
        ground=ground,
        radius=f"{width / 2 - 1:g}",
        square=square(width / 2 - 1),
        dots=tuple(
            Dot(
                by_code[place.code],
                f"{scale.x(value):g}",
                f"{ground - (level + 0.5) * width:g}",
                anchor(scale.x(value)),
            )
            for (value, place), level in zip(there, levels, strict=True)
        ),
        axis=tuple((f"{scale.x(mark):g}", heat.text(mark, column)) for mark in scale.axis.marks),
        quartiles=tuple(quartiles(column, scale)),
        larger=tuple(larger(column, scale, [value for value, _ in everybody])),
        rows=tuple(rows),
        is_of_some=bool(comparison.whole),
    )


def scale_of(comparison: Comparison, column: Column, *, left: int, width: int) -> Scale:
    """Return the scale of everybody, which holds the quartiles, too: those are also of places that are not shown."""
    told = line.values(comparison.everybody, column)
    told += [
        value
        for field, _ in QUARTILES
        if told and (value := getattr(column.summary, field)) is not None
    ]
    return line.scale(told, column.decimals, left=left, width=width)


def in_order(comparison: Comparison, column: Column) -> list[tuple[Decimal, Place]]:
    """Return the places with their values from left to right; equal ones in the order of their codes."""
    cells = ((comparison.cell(place, column).value, place) for place in comparison.places)
    found = [(value, place) for value, place in cells if value is not None]
    return sorted(found, key=lambda one: (one[0], one[1].code))


def square(half: float) -> str:
    return f"M-{half:g}-{half:g}h{2 * half:g}v{2 * half:g}h-{2 * half:g}z"


def quartiles(column: Column, scale: Scale) -> list[Mark]:
    numbers = [(name, getattr(column.summary, field)) for field, name in QUARTILES]
    return [
        Mark("quartile", name, told(value, column), f"{scale.x(value):g}")
        for name, value in numbers
        if value is not None
    ]


def larger(column: Column, scale: Scale, values: list[Decimal]) -> list[Mark]:
    near = line.larger(column, values)
    cells = (
        ("prefecture", "都道府県", column.prefecture),
        ("nation", "全国", column.nation),
    )
    return [
        Mark(kind, name, classes.text(cell, column), f"{x:g}" if cell in near else "", anchor(x))
        for kind, name, cell in cells
        if cell.value is not None
        for x in [scale.x(cell.value)]
    ]


def anchor(x: float) -> str:
    """Return on which side of its place a text has room."""
    return "start" if x < WIDTH / 2 else "end"


def told(value: Decimal, column: Column) -> str:
    return f"{heat.text(value, column)}{column.unit}"


def small(comparison: Comparison, column: Column, selection: Selection) -> Small:
    """Draw an indicator as one line of dots: where the marked place stands among all."""
    width = SMALL_WIDTH - 2 * SMALL_EDGE
    scale = scale_of(comparison, column, left=SMALL_EDGE, width=width)
    own = listed.marked(comparison, selection)
    cell = comparison.cell(own, column) if own else None
    summary = column.summary
    told_of = [
        (scale.x(value), comparison.cell(place, column).is_structural_zero)
        for value, place in in_order(comparison, column)
    ]
    return Small(
        column=column,
        query=selection.query(focus=column.code),
        direction=classes.better(column),
        path="".join(f"M{x:g} 0h0" for x, is_zero in told_of if not is_zero),
        # One square is enough: all of them lie at zero.
        squares="".join(f"M{x - 4:g}-4h8v8h-8z" for x in {x for x, is_zero in told_of if is_zero}),
        median="" if summary.median is None else f"{scale.x(summary.median):g}",
        own=f"{scale.x(cell.value):g}" if cell and cell.value is not None else "",
        own_text=classes.text(cell, column) if cell else "",
        median_text="－" if summary.median is None else told(summary.median, column),
        range_text=between(column),
    )


def between(column: Column) -> str:
    """Return 「12.0％～54.3％」."""
    low, high = column.summary.minimum, column.summary.maximum
    return "－" if low is None or high is None else f"{told(low, column)}～{told(high, column)}"
