"""From the published figures of small places to those of larger ones: sums of counts, then rates from the sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.arithmetic.printing import kept
from indicators.choices import ValueKind, ValueState

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
    "ltc_certification_rate_no1": ("ltc_certified_no1", "ltc_insured_no1"),
    "single_elderly_household_share": ("single_elderly_households", "households"),
    "registry_aging_rate_65": ("registry_population_65plus", "registry_population_total"),
    "registry_aging_rate_75": ("registry_population_75plus", "registry_population_total"),
    "registry_share_85plus": ("registry_population_85plus", "registry_population_total"),
}
# A number of these kinds is not what its parts make when they are divided.
UNDIVIDED = frozenset({ValueKind.COUNT, ValueKind.DIFFERENCE, ValueKind.STAGE})
OF_NOBODY = "分母が0なのに、分子が0ではありません。資料を見て、分子か分母を直してください。"
PARTS = frozenset(part for parts in RATIOS.values() for part in parts)
# A count that the statistic gives in two parts.
TOTALS = {
    "home_visit_providers": ("home_visit_clinics", "home_visit_hospitals"),
    "house_call_providers": ("house_call_clinics", "house_call_hospitals"),
    "terminal_care_providers": ("home_end_of_life_clinics", "home_end_of_life_hospitals"),
    # In this order: the second needs the first.
    "registry_population_75plus": ("registry_population_75_84", "registry_population_85plus"),
    "registry_population_65plus": ("registry_population_65_74", "registry_population_75plus"),
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
    columns = sorted(set().union(*table.values()))
    countable = [column for column in columns if column[0] in rules.counts]
    doubtful = _doubtful(table, rules, countable)
    found = []
    for place, members in rules.members.items():
        for column, value in _sums_of(table, members, countable):
            if doubtful.get(column, frozenset()).isdisjoint(members):
                found.append((place, column, value))
    yield from found


def _doubtful(
    table: Table, rules: Rules, columns: Collection[Column]
) -> dict[Column, frozenset[Place]]:
    """Return what wards lack of their city: where some of it could be given to no ward, none is summed."""
    doubtful: dict[Column, frozenset[Place]] = {}
    for city, wards in rules.wards.items():
        of_city = table.get(city, {})
        of_wards = dict(_sums_of(table, wards, columns))
        for column in columns:
            if of_wards.get(column) != of_city.get(column):
                doubtful[column] = doubtful.get(column, frozenset()).union(wards)
    return doubtful


def _sums_of(
    table: Table, places: Iterable[Place], columns: Iterable[Column]
) -> Iterator[tuple[Column, Decimal]]:
    """Yield the sum of each column in which every place has a number."""
    rows = [table.get(place, {}) for place in places]
    if rows and all(rows):
        for column in columns:
            value = _sum([row.get(column) for row in rows])
            if value is not None:
                yield column, value


def _sum(parts: Iterable[Decimal | ValueState | None]) -> Decimal | None:
    """Return the sum of numbers, None where anything else is among them."""
    try:
        return sum(parts, Decimal(0))  # type: ignore[type-var, return-value]
    except TypeError:
        return None


def _add_totals(row: Row) -> None:
    told = {code for code, _ in row}
    for total, parts in TOTALS.items():
        if told.issuperset(parts):
            for year in [year for code, year in row if code == parts[0]]:
                value = _sum(row.get((part, year)) for part in parts)
                if value is not None:
                    row.setdefault((total, year), value)
                    told.add(total)


def _add_ratios(row: Row, multipliers: Mapping[str, int]) -> None:
    told = {code for code, _ in row}
    for rate, (above, below) in RATIOS.items():
        if told.issuperset((above, below)):
            for year in [year for code, year in row if code == above]:
                value = ratio(row.get((above, year)), row.get((below, year)), multipliers[rate])
                if value is not None:
                    row.setdefault((rate, year), value)


def rates_with(row: Row, stored: Row, multipliers: Mapping[str, int]) -> Row:
    """Return the rates of which a row has one part and `stored`, of the same place, the other."""
    whole = {column: value for column, value in stored.items() if column[0] in PARTS} | row
    before = set(whole)
    _add_ratios(whole, multipliers)
    return {column: value for column, value in whole.items() if column not in before}


def is_of_nobody(above: Decimal | None, below: Decimal | None) -> bool:
    """Whether something is counted among nobody: one of the two parts is wrong. 0 of 0 is no contradiction."""
    return bool(above) and below is not None and not below


def ratio(
    above: Decimal | ValueState | None, below: Decimal | ValueState | None, multiplier: int
) -> Decimal | ValueState | None:
    """Return the rate as it is stored; 該当数字なし where nobody is counted, None where a part is missing."""
    if above is None or below is None:
        return None
    if isinstance(above, ValueState):
        return above
    if isinstance(below, ValueState):
        return below
    if not below:
        return ValueState.NOT_APPLICABLE
    return kept(Fraction(above) * multiplier / Fraction(below))
