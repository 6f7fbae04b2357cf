"""The years of one indicator for every place of a comparison: each year put together as the table puts its own.

The statistic is the one that the column shows; what is divided by a population is divided in every
year, by that of the nearest year. Two queries, however many places there are, and one more where
statistics tell parts beside it; three for what municipalities have submitted, and two more where their prefecture has
defined it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from indicators import national_versions
from indicators.arithmetic import breaks
from indicators.arithmetic.derivation import RATIOS
from indicators.choices import PlaceKind, ValueKind, ValueState
from indicators.comparison.judging import basis
from indicators.comparison.judging.cells import decimal
from indicators.comparison.reading import choosing, columns, populations
from indicators.comparison.reading.parts import Parts, told_beside
from indicators.comparison.reading.prefecture_columns import defined_by
from indicators.comparison.reading.published import SAID, TELLS_PARTS, Key, Table, rows_of
from indicators.comparison.reading.submitted import Submitted
from indicators.comparison.shape import Origin, Place
from indicators.models import Definition
from municipalities.entrance.scopes import NATION_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from indicators.comparison.judging.judging import Figures
    from indicators.comparison.shape import Column, Comparison

    # A count of a year and the population that divides it.
    Divided = tuple[columns.Counts, tuple[Key, ...]]

# The newest so many are drawn.
MOST_YEARS = 10
UNJOINED = "それより前の年度は数え方が違うため、並べていません。"


@dataclass(frozen=True, slots=True)
class Point:
    """One year; without a value `state` says why (indicators.choices.ValueState)."""

    fiscal_year: int
    value: Decimal | None
    state: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The series of one place; every trend of a comparison has the same years."""

    place: Place
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """The places in the order of the table, and the larger places behind them."""

    years: tuple[int, ...]
    places: tuple[Trend, ...]
    prefecture: Trend | None = None
    nation: Trend | None = None
    # The change of the definition before which no year is shown, and the populations that counts are divided by.
    notes: tuple[str, ...] = ()
    # The years where a line begins anew, because those before are divided by a population of another statistic.
    starts: frozenset[int] = frozenset()


def of(comparison: Comparison, column: Column) -> Trends:
    """Return the trends of a column; without years where nothing is published."""
    is_submitted = comparison.origin is Origin.SUBMITTED
    ratio = () if is_submitted else RATIOS.get(column.code, ())
    companions = (*ratio, *basis.of(column.code).denominators)
    # Of what was submitted the prefecture's own row speaks, not the copy by which statistics name it.
    known = Definition.objects if is_submitted else Definition.every
    rows = known.annotate(tells_parts=TELLS_PARTS).only(*SAID)
    found = {one.code: one for one in rows.filter(code__in=[column.code, *companions])}
    own = found.pop(column.code, None) or of_prefecture(comparison, column)
    if own is None:
        return Trends((), ())
    places = [place.code for place in comparison.places]
    beside = Table()
    statistics = [one.pk for one in found.values()] + ([] if is_submitted else [own.pk])
    beside.take(rows_of({None: statistics}, [*places, *larger(comparison)]))
    table = beside
    if is_submitted:
        table = Submitted()
        table.read({own.code: own.pk}, places)
    every = [*places, *larger(comparison)]
    parts = Parts() if is_submitted else told_beside([own], every)
    pks = {code: one.pk for code, one in found.items()}
    names = {one.pk: one.name for one in found.values()}
    return drawn(comparison, Years(own, ratio, pks, table, beside, names, parts), column)


def of_prefecture(comparison: Comparison, column: Column) -> Any:
    """Return the prefecture's own definition that a column shows, or None."""
    if comparison.origin is not Origin.SUBMITTED:
        return None
    known = defined_by(larger(comparison)[0])
    return next((one for one in known if one.code == column.code), None)


def larger(comparison: Comparison) -> tuple[str, str]:
    """Return the codes of the prefecture (empty for none in particular) and of the nation."""
    codes = {place.code[:2] for place in comparison.places if place.kind == PlaceKind.MUNICIPALITY}
    own = comparison.own[:2]
    return own or (codes.pop() if len(codes) == 1 else ""), NATION_CODE


def drawn(comparison: Comparison, years: Years, column: Column) -> Trends:
    """Turn the years round: one series for each place."""
    codes = [place.code for place in comparison.places]
    keys = years.keys(codes, column, comparison.until)
    divided = years.divided(keys)
    figures = {key.fiscal_year: years.made(key, divided.get(key.fiscal_year)) for key in keys}
    divided_by = {year: one[1][0] for year, one in divided.items()}
    prefecture, nation = (
        trend(Place(kind, code, PlaceKind(kind).label), figures)
        for kind, code in zip(
            (PlaceKind.PREFECTURE, PlaceKind.NATION), larger(comparison), strict=True
        )
    )
    return Trends(
        years=tuple(figures),
        places=tuple(trend(place, figures) for place in comparison.places),
        prefecture=prefecture if has_value(prefecture) else None,
        nation=nation if has_value(nation) else None,
        notes=(*years.notes(tuple(figures)), *populations.told(divided_by, years.names)),
        starts=populations.starts(divided_by),
    )


def trend(place: Place, figures: dict[int, Figures]) -> Trend:
    return Trend(place, tuple(point(place.code, year, one) for year, one in figures.items()))


def point(code: str, year: int, figures: Figures) -> Point:
    if code in figures.values:
        return Point(year, decimal(figures.values[code]), ValueState.VALUE)
    return Point(year, None, figures.states.get(code, ValueState.NOT_ENTERED))


def has_value(trend: Trend) -> bool:
    return any(point.value is not None for point in trend.points)


@dataclass(frozen=True, slots=True)
class Years:
    """All that is known of one indicator; what it is made of or divided by stands in `beside`."""

    definition: Any
    ratio: tuple[str, ...]
    pks: dict[str, int]
    table: Table
    beside: Table
    # The names of those it is made of or divided by.
    names: Mapping[int, str] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)

    def keys(self, places: Iterable[str], column: Column, until: int | None = None) -> list[Key]:
        """Return the newest years of one statistic, oldest first: those that count what the column counts.

        None is later than `until`.
        """
        last = self._shown({*places}, column)
        if last is None:
            return []
        changes = national_versions.counted_by(self.definition)
        known = (
            key
            for key in self.table.keys_of(last.definition)
            if key.dataset == last.dataset
            and (until is None or key.fiscal_year <= until)
            and breaks.comparable(changes, key.fiscal_year, last.fiscal_year)
        )
        return sorted(known, key=lambda key: key.fiscal_year)[-MOST_YEARS:]

    def notes(self, shown: tuple[int, ...]) -> tuple[str, ...]:
        """Say which change the shown years begin after, where the statistic tells of years before it."""
        first = min((key.fiscal_year for key in self.table.keys_of(self.definition.pk)), default=0)
        changes = national_versions.counted_by(self.definition)
        found = breaks.between(changes, first, shown[-1]) if shown else None
        return (f"{breaks.sentence(found)}。{UNJOINED}",) if found else ()

    def divided(self, keys: Sequence[Key]) -> dict[int, Divided]:
        """Return the counts of each year with the population that divides them; nothing where none does.

        From the newest year back, which is the one that the table tells, the statistic stays while it is near enough.
        """
        found: dict[int, Divided] = {}
        order = [self.pks[code] for code in basis.of(self.definition.code).denominators]
        if self.definition.value_kind != ValueKind.COUNT:
            return found
        stay = None
        for key in reversed(keys):
            divisors = columns.Divisors(self.beside, order, stay)
            one = columns.per_population(key, (key.fiscal_year,), self.table, divisors)
            if one is not None:
                found[key.fiscal_year], stay = one, one[1][0].definition
        return found

    def _shown(self, places: set[str], column: Column) -> Key | None:
        """Return the key that the column shows: chosen as the reading chose, within its newest year."""
        counts = {
            key: len(places & self.table.values[key].keys())
            for key in self.table.keys_of(self.definition.pk)
            if not column.years or key.fiscal_year == column.years[-1]
        }
        return choosing.chosen(counts)

    def made(self, key: Key, divided: Divided | None) -> Figures:
        years = (key.fiscal_year,)
        counts = self._counts(key, years) if divided is None else divided[0]
        return columns.made(self.definition, key, self.table, years=years, counts=counts)

    def _counts(self, key: Key, years: tuple[int, ...]) -> columns.Counts | None:
        """Return what stands behind the rates of a year, as the reading of the table does."""
        if self.definition.value_kind == ValueKind.COUNT:
            return None
        if isinstance(self.table, Submitted):
            return self.table.parts.behind(key, years)
        two = [self.pks[part] for part in self.ratio]
        return self.parts.behind_rate(key, years, self.beside, two)
