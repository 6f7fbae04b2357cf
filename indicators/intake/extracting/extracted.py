"""What a file gives: its values by place and series, where each stands, and what could not be taken. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from indicators.intake.layouts.beside import NOTHING, Beside

if TYPE_CHECKING:
    from decimal import Decimal

    from indicators.intake.layouts.signs import Said

    # Kind and code.
    Place = tuple[str, str]
    # Indicator and fiscal year.
    Series = tuple[str, int]
    Table = dict[Place, dict[Series, Said]]


class Cell(NamedTuple):
    """One value that a file gives: `value` only where the state is `value`."""

    kind: str
    code: str
    indicator: str
    fiscal_year: int
    value: Decimal | None
    state: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that cannot be taken, or with column 0 a whole row, and what to do about it."""

    row: int
    column: int
    text: str
    message: str


class Spots:
    """Where in the file each value stands: in the row of its place and the column of its series, or by itself.

    `rows` has the first row of each place.
    """

    def __init__(self) -> None:
        self.rows: dict[Place, int] = {}
        self.columns: dict[Series, int] = {}
        self.others: dict[tuple[Place, Series], tuple[int, int]] = {}

    def of(self, place: Place, series: Series) -> tuple[int, int]:
        """Return row and column of a value that the file gives."""
        return self.others.get((place, series)) or (self.rows[place], self.columns[series])


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a file gives, by place. `elsewhere`: rows of places that are not ours; `rows`: all that hold a value."""

    table: Table
    spots: Spots
    refused: list[Refused]
    elsewhere: int
    rows: int
    # What is told beside the values, where anything is.
    beside: dict[tuple[Place, Series], Beside] = field(default_factory=dict)
    # What was passed over, by its kind: each name once.
    passed_over: dict[str, dict[str, None]] = field(default_factory=dict)
    # What a person has said of the whole table, for the values beside which nothing else is told.
    of_all: Beside = NOTHING

    @property
    def is_empty(self) -> bool:
        return not any(self.table.values())

    @property
    def years(self) -> set[int]:
        return {year for _, year in set().union(*self.table.values())}

    @property
    def values(self) -> list[Cell]:
        """The same one by one."""
        return [
            Cell(*place, *series, *said, *self.spots.of(place, series))
            for place, row in self.table.items()
            for series, said in row.items()
        ]
