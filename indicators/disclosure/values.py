"""Which values of one municipality stay in the house: small ones, and those that would give them away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from indicators.disclosure import tables
from indicators.disclosure.policies import (
    POLICIES,
    TELL_EACH_OTHER,
    TOTALS,
    Counted,
    Limits,
    counted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Places = dict["Place", list["Value"]]

SHARES = ("ratio", "survey_ratio")
RATIOS = (*SHARES, "rate")
# How many times the denominator a ratio is told, by the end of its unit; longer ends first.
PER = (("10万人", 100_000), ("千人", 1_000), ("万人", 10_000), ("％", 100), ("%", 100))
# Kinds that count nobody.
MARKS = ("stage", "score")
TOTAL, REST = None, "rest"


# An indicator and a fiscal year.
Place = tuple[str, int]


def per(unit: str) -> int | None:
    """Return by which number a ratio of this unit was multiplied; None where the unit does not say."""
    return next((times for end, times in PER if unit.endswith(end)), None)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it is stored; `kind` is the definition's, `counts` what its numerator is said to be."""

    key: str
    code: str
    fiscal_year: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unit: str = ""
    kind: str = "count"
    counts: str = ""

    @property
    def counted(self) -> Counted:
        if self.kind in MARKS:
            return Counted.OPEN
        return counted(code=self.code, unit=self.unit, numerator=self.counts)

    @property
    def per(self) -> int | None:
        """The number by which the ratio was multiplied; None where its unit does not say."""
        return per(self.unit)

    @property
    def is_ratio(self) -> bool:
        return self.kind in RATIOS or self.per is not None

    @property
    def above(self) -> Decimal | None:
        """The numerator, given or computed."""
        if self.numerator is not None:
            return self.numerator
        if self.value is None or self.denominator is None or self.per is None:
            return None
        return (self.value * self.denominator / self.per).quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def below(self) -> Decimal | None:
        """The denominator, given or computed."""
        if self.denominator is not None:
            return self.denominator
        if not self.value or self.numerator is None or self.per is None:
            return None
        return (self.numerator * self.per / self.value).quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier copies of the municipality have told already, and what they have hidden.

    Who has two copies subtracts across them: what protects a value in one must not be told by the other.
    """

    told: frozenset[Place] = frozenset()
    hidden: frozenset[Place] = frozenset()

    @property
    def out(self) -> frozenset[Place]:
        """What is known outside: what was told, and what that says in other words."""
        return self.told | {
            (other, year)
            for code, year in self.told
            for group in TELL_EACH_OTHER
            if code in group
            for other in group
        }


NOTHING_EARLIER = Earlier()


def hidden(
    values: Iterable[Value], *, population: int | None, earlier: Earlier = NOTHING_EARLIER
) -> frozenset[str]:
    """Return the keys of the values that stay in the house, of all values of one municipality.

    What is hidden in a year is hidden from every source: they count the same people. `population`
    is that of the municipality by a published statistic, None where it is not known.
    """
    found = [one for one in values if one.value is not None]
    at: Places = defaultdict(list)
    for one in found:
        at[one.code, one.fiscal_year].append(one)
    places = {place for place, rows in at.items() if any(is_small(row, population) for row in rows)}
    least = POLICIES[Counted.PEOPLE].limits(population).least
    places |= set(_told_by_others(at, places))
    places |= set(_told_of_lost(at, earlier))
    places |= set(_told_by_earlier(at, places, earlier))
    places |= set(_told_by_totals(at, places, least, earlier.out))
    places |= set(_told_by_others(at, places))
    return frozenset(one.key for one in found if (one.code, one.fiscal_year) in places)


def is_small(one: Value, population: int | None) -> bool:
    """Say whether a value by itself is too small to be shown. Zero is shown, of a base large enough."""
    if one.counted == Counted.OPEN or one.value is None:
        return False
    limits = POLICIES[one.counted].limits(population)
    if limits.hides_everything or one.kind == "difference":
        # The difference to a year that is shown would tell the year that is hidden.
        return True
    return _ratio_is_small(one, limits) if one.is_ratio else _is_few(one.value, limits)


def _is_few(number: Decimal, limits: Limits) -> bool:
    return 0 < abs(number) < limits.least


def _ratio_is_small(one: Value, limits: Limits) -> bool:
    """Fail closed: a ratio of which nobody knows how many it counts is not shown.

    Of a share those who are not counted are people too: 97 of 100 tells of three.
    """
    above, below = one.above, one.below
    if above is None or below is None or below < limits.base:
        return True
    is_share = one.kind in SHARES or one.per == 100  # noqa: PLR2004 -- per cent
    return _is_few(above, limits) or (is_share and _is_few(below - above, limits))


def _told_by_others(at: Places, places: set[Place]) -> Iterator[Place]:
    """Yield what says the same as something hidden, in other words."""
    for code, year in places:
        for group in TELL_EACH_OTHER:
            if code in group:
                yield from ((other, year) for other in group if (other, year) in at)


def _told_of_lost(at: Places, earlier: Earlier) -> Iterator[Place]:
    """Yield what says in other words what an earlier copy has hidden and nobody counts today."""
    for code, year in at:
        for group in TELL_EACH_OTHER:
            others = [other for other in group if code in group and other != code]
            if (code, year) not in earlier.told and any(
                _is_lost(other, year, at, earlier) for other in others
            ):
                yield code, year


def _told_by_earlier(at: Places, places: set[Place], earlier: Earlier) -> Iterator[Place]:
    """Yield what would give a hidden part away beside an earlier copy."""
    for total, parts in TOTALS.items():
        for year in sorted({year for _, year in at}):
            if any((part, year) in places or _is_lost(part, year, at, earlier) for part in parts):
                yield from _kept(at, total, parts, year, earlier)


def _is_lost(part: str, year: int, at: Places, earlier: Earlier) -> bool:
    """An earlier copy has hidden the part, and today nobody says how many it counts."""
    return (part, year) in earlier.hidden and (part, year) not in at


def _kept(
    at: Places, total: str, parts: tuple[str, ...], year: int, earlier: Earlier
) -> Iterator[Place]:
    """Yield what protected a part, which stays hidden; where not all is at hand, all that is not yet out."""
    is_out = (total, year) in earlier.out and (total, year) not in at
    is_incomplete = is_out or any(_is_lost(part, year, at, earlier) for part in parts)
    for code in (total, *parts):
        place = code, year
        if place in at and (
            place in earlier.hidden or (is_incomplete and place not in earlier.out)
        ):
            yield place


def _told_by_totals(
    at: Places, places: set[Place], least: int, told: frozenset[Place]
) -> Iterator[Place]:
    """Yield what would give a hidden part away: its total, or another part."""
    for total, parts in TOTALS.items():
        for year in {year for code, year in places if code in parts}:
            if (total, year) in at and (total, year) not in places:
                table = _table(at, places, (total, *parts), year=year, least=least)
                table = table and _knowing(table, total, year, told)
                all_of_it = (TOTAL, *parts) if (total, year) in told else (TOTAL,)
                names = _hidden_of(table, all_of_it)
                yield from ((name or total, year) for name in names if name != REST)


def _knowing(table: tables.Table, total: str, year: int, told: frozenset[Place]) -> tables.Table:
    """Return the table with what earlier copies have told: hiding that would not help."""
    out = {key for key in table.cells if (key[0] or total, year) in told}
    return replace(table, known=out - set(table.unshown))


def _hidden_of(
    table: tables.Table | None, all_of_it: tuple[str | None, ...]
) -> Iterator[str | None]:
    """Yield the parts to hide; `all_of_it` where no choice of them is known to be enough.

    That is the total, which needs nothing beside it unless an earlier copy has told it.
    """
    try:
        yield from (name for (name,) in tables.hidden(table)) if table else all_of_it
    except tables.Unprotected:
        yield from all_of_it


def _table(
    at: Places, places: set[Place], codes: tuple[str, ...], *, year: int, least: int
) -> tables.Table | None:
    """Return a total with its parts and the rest that no indicator shows; None without all numbers."""
    numbers = {code: _number(at.get((code, year), ())) for code in codes}
    if None in numbers.values():
        return None
    parts = codes[1:]
    whole, *counts = (number or 0 for number in numbers.values())
    out = {part for part in parts if (part, year) in places}
    cells: dict[tables.Key, int | None] = {
        (part,): None if part in out else numbers[part] for part in parts
    }
    cells |= {(TOTAL,): whole, (REST,): max(whole - sum(counts), 0)}
    return tables.Table(cells, least, unshown={(REST,), *((part,) for part in out)})


def _number(rows: Iterable[Value]) -> int | None:
    """Return how many the values of one place count; None where their sources differ or do not say."""
    found = {row.above for row in rows}
    first = found.pop() if len(found) == 1 else None
    return None if first is None else int(first)
