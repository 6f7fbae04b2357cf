"""What a chart is, before anybody draws it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 -- dataclasses are read at run time
from typing import TYPE_CHECKING, Literal

from municipalities.japanese import numerals

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["line", "bar", "target"]
# Stands where another definition begins, and before the note that tells of it.
BREAK_MARK = "※"
# What the legend calls a marker without a filling.
NOT_FINAL = "確定していない値（速報・見込）"


def apart(partial: Iterable[int]) -> tuple[int, ...]:
    """Return the places that no line leads to: a number of a part of a year, and what follows one."""
    return tuple(sorted({place + step for place in partial for step in (0, 1)}))


@dataclass(frozen=True, slots=True)
class Point:
    """A value, or None with the word for its absence. Beside a value the word qualifies it (速報)."""

    value: Decimal | None
    word: str = ""

    @property
    def is_open(self) -> bool:
        """A number that is not the last word: its marker is drawn without a filling."""
        return self.value is not None and bool(self.word)


ABSENT = Point(None)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, one point for each category. A target is drawn across its gaps.

    `partial` are the places whose number is of a part of the year alone: no line leads there, nor on from there.
    """

    name: str
    points: tuple[Point, ...]
    kind: Kind = "line"
    partial: tuple[int, ...] = ()

    @property
    def apart(self) -> tuple[int, ...]:
        return apart(self.partial)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers that says of itself how to read it and where they come from.

    `category` names what the categories are (年度). `ticks` are their short names for the axis, with a
    line break where one may stand; empty: the categories themselves. `breaks` are the places at which
    another definition begins: nothing is joined over them, and `notes` say what has changed.
    """

    title: str
    unit: str
    decimals: int
    category: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    reading: str
    sources: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn: a point without its category, a tick too few."""
        lengths = {len(series.points) for series in self.series}
        lengths |= {len(self.ticks)} if self.ticks else set()
        if lengths - {len(self.categories)}:
            raise ValueError("Each series has one point for each category")

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Every number of the chart."""
        return tuple(
            point.value
            for series in self.series
            for point in series.points
            if point.value is not None
        )

    @property
    def first_open(self) -> int | None:
        """The place of the first series that has a number that is not final; None where all are."""
        found = enumerate(self.series)
        return next((place for place, one in found if any(p.is_open for p in one.points)), None)

    @property
    def marked_categories(self) -> tuple[str, ...]:
        """The categories, those at which another definition begins with the mark of the notes."""
        return tuple(
            f"{name}{BREAK_MARK}" if place in self.breaks else name
            for place, name in enumerate(self.categories)
        )

    @property
    def axis_names(self) -> tuple[str, ...]:
        return self.ticks or self.categories

    def number(self, value: Decimal) -> str:
        """Return a number as it is printed, half-up and without its unit: 「1,234.5」."""
        return numerals.grouped(value, places=self.decimals)

    def words(self, point: Point) -> str:
        """Return 「31.5」, 「31.5（速報）」 or the word for the absence."""
        if point.value is None:
            return point.word
        return self.number(point.value) + (f"（{point.word}）" if point.word else "")
