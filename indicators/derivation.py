"""From the published figures of small places to those of larger ones: sums of counts, then rates from the sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_05UP, Decimal, localcontext
from typing import TYPE_CHECKING

from indicators.choices import ValueState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    Place = tuple[str, str]  # kind and code
    Column = tuple[str, int]  # indicator and fiscal year
    Row = dict[Column, Decimal | ValueState]
    Table = dict[Place, Row]

STORED_DIGITS = Decimal("0.0001")
# A rate: numerator and denominator, both of the same place and year.
RATIOS = {
    "aging_rate_65": ("population_65plus", "population_total"),
    "aging_rate_75": ("population_75plus", "population_total"),
    "single_elderly_household_share": ("single_elderly_households", "households"),
    "registry_aging_rate_65": ("registry_population_65plus", "registry_population_total"),
    "registry_aging_rate_75": ("registry_population_75plus", "registry_population_total"),
    "registry_share_85plus": ("registry_population_85plus", "registry_population_total"),
}
# A count that the statistic gives in two parts.
TOTALS = {
    "home_visit_providers": ("home_visit_clinics", "home_visit_hospitals"),
    "house_call_providers": ("house_call_clinics", "house_call_hospitals"),
    "terminal_care_providers": ("home_end_of_life_clinics", "home_end_of_life_hospitals"),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of the places and the indicators: who makes up whom, what may be added up."""

    members: Mapping[Place, Collection[Place]]
    wards: Mapping[Place, Collection[Place]]
    counts: Collection[str]
    multipliers: Mapping[str, int]


def complete(table: Table, rules: Rules) -> Table:
    """Return the table with all that follows from it; what it states itself is never replaced."""
    full = {place: dict(row) for place, row in table.items()}
    for row in full.values():
        _add_totals(row)
    for place, column, value in _sums(full, rules):
        full.setdefault(place, {}).setdefault(column, value)
    for row in full.values():
        _add_ratios(row, rules.multipliers)
    return full


def _sums(table: Table, rules: Rules) -> Iterator[tuple[Place, Column, Decimal]]:
    """Yield the sum of each count of each larger place whose every member has a value."""
    columns = sorted({column for row in table.values() for column in row})
    countable = [column for column in columns if column[0] in rules.counts]
    doubtful = set(_doubtful(table, rules, countable))
    found = []
    for place, members in rules.members.items():
        for column in countable:
            value = _sum_of(table, members, column)
            if value is not None and not any((one, column) in doubtful for one in members):
                found.append((place, column, value))
    yield from found


def _doubtful(
    table: Table, rules: Rules, columns: Iterable[Column]
) -> Iterator[tuple[Place, Column]]:
    """Yield what wards lack of their city: where some of it could be given to no ward, none is summed."""
    for city, wards in rules.wards.items():
        for column in columns:
            if _sum_of(table, wards, column) != table.get(city, {}).get(column):
                yield from ((ward, column) for ward in wards)


def _sum_of(table: Table, places: Iterable[Place], column: Column) -> Decimal | None:
    return _sum(table.get(place, {}).get(column) for place in places)


def _sum(parts: Iterable[Decimal | ValueState | None]) -> Decimal | None:
    total, empty = Decimal(0), True
    for part in parts:
        if not isinstance(part, Decimal):
            return None
        total, empty = total + part, False
    return None if empty else total


def _add_totals(row: Row) -> None:
    for (code, year), _ in list(row.items()):
        for total, parts in TOTALS.items():
            if code == parts[0]:
                value = _sum(row.get((part, year)) for part in parts)
                if value is not None:
                    row.setdefault((total, year), value)


def _add_ratios(row: Row, multipliers: Mapping[str, int]) -> None:
    years = {year for _, year in row}
    for rate, (above, below) in RATIOS.items():
        for year in years:
            value = ratio(row.get((above, year)), row.get((below, year)), multipliers[rate])
            if value is not None:
                row.setdefault((rate, year), value)


def ratio(
    above: Decimal | ValueState | None, below: Decimal | ValueState | None, multiplier: int
) -> Decimal | ValueState | None:
    """Return the rate with four digits; 該当数字なし where nobody is counted, None where a part is missing.

    Rounded so that rounding once more to fewer digits gives what the exact rate would have given.
    """
    if above is None or below is None:
        return None
    if isinstance(above, ValueState):
        return above
    if isinstance(below, ValueState):
        return below
    if not below:
        return ValueState.NOT_APPLICABLE
    with localcontext(rounding=ROUND_05UP):
        return (above * multiplier / below).quantize(STORED_DIGITS)
