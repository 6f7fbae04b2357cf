"""What a comparison is, before anybody draws it: places × indicators, each cell judged once.

Heat table, strip plot, small multiples, profile, map, workbook, paper and API all read this, so
that they show the same numbers. Pure: no Django, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


class Origin(StrEnum):
    """Whose numbers are compared; the two are never mixed in one column."""

    STATISTICS = "statistics"  # published statistics, by name
    SUBMITTED = "submitted"  # what reports have let out, after disclosure


class Quarter(IntEnum):
    """Where a value lies among those with data: 4 is the best quarter, or the highest where nothing is better.

    A value on a boundary belongs to the better quarter (ux.md 2.13).
    """

    LOWEST = 1
    LOW = 2
    HIGH = 3
    HIGHEST = 4


class Chance(StrEnum):
    """How far a value lies from the average, measured by chance: the control limits of a funnel plot."""

    FAR_ABOVE = "far_above"  # beyond 99.8 %
    ABOVE = "above"  # beyond 95 %
    WITHIN = "within"
    BELOW = "below"
    FAR_BELOW = "far_below"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, area or prefecture. `population` None: unknown."""

    kind: str  # indicators.choices.PlaceKind
    code: str
    name: str
    kana: str = ""
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of one place. Without a value `state` says why (indicators.choices.ValueState).

    `is_reference` (参考値): too few are counted for a class. `is_structural_zero`: nobody offers it
    there, so the zero is shown and never ranked. `rank` 1 is the best, or the highest where nothing
    is better; equal values share the better rank.
    """

    value: Decimal | None = None
    state: str = "not_entered"
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    fiscal_year: int | None = None
    # What is said beside the value: 「速報」 「12月末現在」.
    word: str = ""
    quarter: Quarter | None = None
    # By limits that are widened where places differ by more than chance (`Column.between`).
    chance: Chance | None = None
    rank: int | None = None
    is_reference: bool = False
    is_structural_zero: bool = False
    # So many share it that it is the median and the end of all numbers: in no quarter.
    is_median: bool = False
    # What the municipality says of its value (right of reply).
    reply: str = ""


ABSENT = Cell()


@dataclass(frozen=True, slots=True)
class Summary:
    """The distribution among the places with data; quartiles by linear interpolation. All None below one value."""

    count: int
    minimum: Decimal | None = None
    first: Decimal | None = None
    median: Decimal | None = None
    third: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator as it is compared."""

    code: str
    name: str
    unit: str
    decimals: int
    direction: str  # indicators.choices.Direction
    scenes: tuple[str, ...]
    # The fiscal years pooled, oldest first; one where nothing is.
    years: tuple[int, ...]
    summary: Summary
    # The average that chance is measured against, and the larger places beside the rows.
    average: Decimal | None = None
    prefecture: Cell = ABSENT
    nation: Cell = ABSENT
    # How often the denominator is told in a value (100 for a percentage); 0 where no parts are known.
    times: int = 0
    # A part of its denominator, judged by the binomial distribution; else by that of Poisson.
    is_share: bool = False
    # By what a count was divided: 「75歳以上人口千人あたり」; empty where the value is as published.
    per: str = ""
    sources: tuple[str, ...] = ()
    # Which statistic and which series of its definition: columns of different ones are not compared.
    series: tuple[int, int] = (0, 0)
    # The populations that a count is divided by, by the keys of their definitions: of census and registry they differ.
    divided_by: frozenset[int] = frozenset()
    # Sentences that travel with the numbers: traps, small numbers, changed definitions.
    notes: tuple[str, ...] = ()
    # Where nobody offers it, in a sentence with names; one of the notes as well.
    unprovided: str = ""
    # The standard deviation of places besides chance, as a rate: the limits that `Cell.chance` tells of hold it as well.
    between: float = 0.0

    @property
    def is_ranked(self) -> bool:
        """One way is better than the other."""
        return self.direction != "neutral"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places in the order asked for, columns in theirs, and a cell for each pair that has one."""

    title: str
    origin: Origin
    places: tuple[Place, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    # The place that looks at itself, if the reader has one.
    own: str = ""
    # No value of a later year is in it, nor in a drawing of it; None for the newest that there are.
    until: int | None = None
    # Something had to be read for it: not all of it was remembered.
    is_read: bool = True
    # What all places are called with their number, where the rows are a part of them: 「見本県の市町村（3）」.
    whole: str = ""
    # The names of the indicators that are no columns: of none is any value told, and some are 秘匿.
    hidden: tuple[str, ...] = ()
    # By code why a place is among them, where each has a reason of its own: 「人口1.2倍・…」.
    reasons: Mapping[str, str] = field(default_factory=dict)
    # Where the rows are those behind alone: the same of every place that the reader is shown.
    unfiltered: Comparison | None = None

    def cell(self, place: Place, column: Column) -> Cell:
        """Return the cell; where nothing is known, one that says so."""
        return self.cells.get((place.code, column.code), ABSENT)

    @property
    def everybody(self) -> Comparison:
        """The same with every place that the reader is shown: axes and lines are theirs, whoever is a row."""
        return self.unfiltered or self

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years of its columns, the first and the last of those pooled, in order."""
        ends = {year for one in self.columns for year in (one.years[:1] + one.years[-1:])}
        return tuple(sorted(ends))

    def column(self, code: str) -> Column | None:
        return next((one for one in self.columns if one.code == code), None)

    def lagging(self, sort: str) -> tuple[Column, ...]:
        """Return the columns in which a place may be behind: the one sorted by, else those where one way is better.

        Where nothing is better in any of them, the lower end of each.
        """
        column = self.column(sort)
        if column is not None:
            return (column,)
        return tuple(one for one in self.columns if one.is_ranked) or self.columns
