"""What a file would do to the stored values of its statistic: each place beside what is stored of it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from indicators.arithmetic import derivation
from indicators.choices import StagedDeed, ValueState
from indicators.intake.extracting.blocks import VALUE, Line, said_of
from indicators.intake.layouts.beside import (
    BETWEEN,
    NOTHING,
    agree,
    filled,
    with_beside,
    years_of_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from indicators.arithmetic.derivation import Column, Place, Rules
    from indicators.intake.extracting.extracted import Extracted, Table

    # Value and state, and what is told beside them where anything is.
    Said = Any
    # Definitions and years, beside each other.
    Shape = tuple[tuple[int, ...], tuple[int, ...]]
    # By place, then by definition and year.
    Stored = Mapping[Place, Mapping[tuple[int, int], Said]]

NEW, CHANGED, SAME = (one.value for one in (StagedDeed.NEW, StagedDeed.CHANGED, StagedDeed.SAME))
# How many are shown to people, value by value; the others are counted.
SHOWN = {NEW: 30, CHANGED: 100}
# Behind every row of a file: where what is computed stands.
LAST_ROW = 2**31
STATE_OF = {one.value: one for one in ValueState}


class Shown(NamedTuple):
    """A value that people look at. What is computed has row and column 0."""

    row: int
    column: int
    place: Place
    indicator: str
    fiscal_year: int
    said: Said
    found: Said | None


def in_file(shown: Shown) -> tuple[int, int]:
    return shown.row or LAST_ROW, shown.column


class First:
    """The first of the values that have one deed, by where they stand in the file; what is computed comes behind."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: list[Shown] = []
        self.last_row: int | None = None

    def takes(self, row: int) -> bool:
        """Whether a value of this row may be among the first."""
        return self.last_row is None or (row or LAST_ROW) <= self.last_row

    def add(self, shown: Shown) -> None:
        self.kept.append(shown)
        if len(self.kept) == 2 * self.most:
            self.kept = self.of()
            self.last_row = self.kept[-1].row or LAST_ROW

    def of(self) -> list[Shown]:
        return nsmallest(self.most, self.kept, key=in_file)


@dataclass(slots=True)
class Compared:
    """What a file would do: the lines of all places, how many values of each deed, and the first of them."""

    lines: list[Line] = field(default_factory=list)
    deeds: Counter[str] = field(default_factory=Counter)
    shown: dict[str, First] = field(
        default_factory=lambda: {deed: First(most) for deed, most in SHOWN.items()}
    )


def compare(
    taken: Extracted, stored: Stored, *, rules: Rules, definitions: Mapping[str, int]
) -> Compared:
    """Hold every value, and what follows from them, beside what is stored."""
    places = completed(taken.table, rules)
    if lacks_a_part(taken.table):
        places = completed_by(stored, places, rules=rules, definitions=definitions)
    return Comparison(taken, stored, definitions).of(places)


def completed(table: Table, rules: Rules) -> Iterator[tuple[Place, dict[Column, Said]]]:
    """Yield each place with its values and those that are computed: sums of counts, and rates of the sums."""
    full = derivation.complete({place: numbers(row) for place, row in table.items()}, rules)
    for place, row in full.items():
        given = table.get(place, {})
        # What is computed stands behind what was given.
        added = islice(row.items(), len(given), None)
        yield place, given | {column: said_of_number(value) for column, value in added}


def lacks_a_part(table: Table) -> bool:
    """Whether a table gives one part of a rate alone: its other part may have come by another file."""
    told = {indicator for indicator, _ in set().union(*table.values())}
    return any(len(told.intersection(parts)) == 1 for parts in derivation.RATIOS.values())


def completed_by(
    stored: Stored,
    places: Iterable[tuple[Place, dict[Column, Said]]],
    *,
    rules: Rules,
    definitions: Mapping[str, int],
) -> Iterator[tuple[Place, dict[Column, Said]]]:
    """Yield each place with the rates too whose other part is stored of the same statistic."""
    codes = {pk: code for code, pk in definitions.items()}
    for place, row in places:
        kept = {
            (codes[definition], year): said[:2]
            for (definition, year), said in stored.get(place, {}).items()
        }
        given = {column: said[:2] for column, said in row.items()}
        added = derivation.rates_with(numbers(given), numbers(kept), rules.multipliers)
        yield place, row | {column: said_of_number(value) for column, value in added.items()}


def numbers(row: Mapping[Column, Said]) -> dict[Column, Decimal | ValueState]:
    return {
        column: STATE_OF[state] if value is None else value
        for column, (value, state) in row.items()
    }


def said_of_number(value: Decimal | ValueState) -> Said:
    return (None, value.value) if isinstance(value, ValueState) else (value, VALUE)


class Comparison:
    """One file on its way through, place by place."""

    def __init__(self, taken: Extracted, stored: Stored, definitions: Mapping[str, int]) -> None:
        self.taken, self.stored, self.definitions = taken, stored, definitions
        self.compared = Compared()
        self.shapes: dict[tuple[Column, ...], Shape] = {}
        self.years_of_day = years_of_day(taken.of_all.as_of, taken.years)

    def of(self, places: Iterable[tuple[Place, dict[Column, Said]]]) -> Compared:
        for place, row in places:
            if row:
                self.take(place, row)
        return self.compared

    def take(self, place: Place, row: dict[Column, Said]) -> None:
        if self.taken.beside or self.taken.of_all != NOTHING:
            row = {one: self.told(place, one, said) for one, said in row.items()}
        stored = self.stored.get(place)
        if stored:
            found = self.beside(place, row, stored)
        else:
            found = None
            self.all_new(place, row)
        values = [text_of(said) for said in row.values()]
        self.compared.lines.append(Line(*place, *self.shape(tuple(row)), values, found))

    def told(self, place: Place, column: Column, said: Said) -> Said:
        """Return a value with what is told beside it, of itself or of the whole table; a reason for none stays alone."""
        told = self.taken.beside.get((place, column))
        if said[0] is not None and self.taken.of_all != NOTHING:
            is_of_day = column[1] in self.years_of_day
            told = filled(told, self.taken.of_all, is_of_day=is_of_day)
        return with_beside(said, told)

    def shape(self, columns: tuple[Column, ...]) -> Shape:
        """Return the definitions and the years of a line; lines repeat them."""
        if (known := self.shapes.get(columns)) is None:
            definitions = tuple(self.definitions[indicator] for indicator, _ in columns)
            known = self.shapes[columns] = definitions, tuple(year for _, year in columns)
        return known

    def all_new(self, place: Place, row: dict[Column, Said]) -> None:
        """Count the values of a place of which nothing is stored."""
        self.compared.deeds[NEW] += len(row)
        is_given = len(row) == len(self.taken.table.get(place, ()))
        if self.compared.shown[NEW].takes(self.taken.spots.rows[place] if is_given else 0):
            for column, said in row.items():
                self.show(NEW, place, column, said)

    def beside(
        self, place: Place, row: dict[Column, Said], stored: Mapping[tuple[int, int], Said]
    ) -> list[str | None]:
        """Return what was found of each value, as `Line` says it."""
        found: list[str | None] = []
        for column, said in row.items():
            indicator, year = column
            old = stored.get((self.definitions[indicator], year))
            deed = SAME if agree(old, said) else CHANGED if old else NEW
            self.compared.deeds[deed] += 1
            found.append(text_of(said if deed == SAME else old) if old else None)
            if deed != SAME:
                self.show(deed, place, column, said, old)
        return found

    def show(
        self, deed: str, place: Place, column: Column, said: Said, found: Said | None = None
    ) -> None:
        is_given = column in self.taken.table.get(place, ())
        spot = self.taken.spots.of(place, column) if is_given else (0, 0)
        first = self.compared.shown[deed]
        if first.takes(spot[0]):
            first.add(Shown(*spot, place, *column, said, found))


def text_of(said: Said) -> str:
    value, state, *beside = said
    text = state if value is None else str(value)
    return f"{text}{BETWEEN}{beside[0].text}" if beside else text


def has_moved(lines: Iterable[Line], stored: Stored) -> bool:
    """Say whether anything that is stored now is not what was found when people looked."""
    for line in lines:
        now = stored.get(line.place, {})
        if not now and line.found is None:
            continue
        for key, found in line.was_found():
            if not agree(now.get(key), None if found is None else said_of(found)):
                return True
    return False
