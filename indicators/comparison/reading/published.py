"""The published values of places as integers, in few queries: what columns are put together from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Round

from indicators.comparison.judging.pooling import SCALE
from indicators.definitions.catalogue import CORE_CODE
from indicators.models import Definition, PublishedValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from indicators.comparison.selection import Selection

SAID = (
    *("code", "name", "unit", "decimals", "direction", "value_kind", "numerator", "multiplier"),
    *("scenes", "caution", "external_code", "position"),
)


class Key(NamedTuple):
    """One column of one statistic: the keys of definition and dataset, and the year."""

    definition: int
    dataset: int
    fiscal_year: int


class Table:
    """Values, and states where there are none, by column and place."""

    def __init__(self) -> None:
        self.values: dict[tuple[int, int, int], dict[str, int]] = defaultdict(dict)
        self.states: dict[tuple[int, int, int], dict[str, str]] = defaultdict(dict)
        self._keys: dict[int, list[Key]] = {}

    def take(self, rows: Iterable[tuple[int, int, int, str, int | None, str]]) -> None:
        """Add rows of `rows_of`."""
        values, states = self.values, self.states
        for definition, dataset, year, place, scaled, state in rows:
            if scaled is None:
                states[definition, dataset, year][place] = state
            else:
                values[definition, dataset, year][place] = scaled
        keys = defaultdict(list)
        for key in values:
            keys[key[0]].append(Key(*key))
        self._keys = dict(keys)

    def keys_of(self, definition: int) -> list[Key]:
        return self._keys.get(definition, [])


class Scaled(Cast):
    """An integer as the database hands it over: turning ten thousand into what they are already costs as much as reading."""

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


def scaled(column: str) -> Scaled:
    """Return a column as an integer, ten thousand times as large: all its digits, and quick to read."""
    return Scaled(Round(F(column) * SCALE), BigIntegerField())


@dataclass(frozen=True, slots=True)
class Known:
    """Every definition with the newest year of places of these kinds, the core first: read once for a page."""

    kinds: frozenset[str]
    rows: tuple[Any, ...]

    @property
    def pks(self) -> dict[str, int]:
        return {one.code: one.pk for one in self.rows}


def known(kinds: Collection[str], until: int | None = None) -> Known:
    """Read the definitions in one query; the newest year is one that is not later than `until`."""
    in_time = {} if until is None else {"fiscal_year__lte": until}
    newest = (
        PublishedValue.objects.filter(definition=OuterRef("pk"), place_kind__in=kinds, **in_time)
        .order_by("-fiscal_year")
        .values("fiscal_year")[:1]
    )
    rows = Definition.objects.annotate(newest=Subquery(newest)).order_by()
    found = sorted(
        rows.values_list("pk", *SAID, "newest", named=True),
        key=lambda one: (CORE_CODE not in one.external_code, one.position, one.code),
    )
    return Known(frozenset(kinds), tuple(found))


def asked_for(selection: Selection, definitions: Iterable[Any]) -> list[Any]:
    """Keep what the selection names, or else what belongs to its scene."""
    if selection.indicators:
        return [one for one in definitions if one.code in selection.indicators]
    if selection.scene:
        return [one for one in definitions if selection.scene in one.scenes.split(";")]
    return list(definitions)


def rows_of(
    wanted: Mapping[range | None, Collection[int]], places: Collection[str]
) -> Iterable[Any]:
    """Return the values of definitions in spans of years (None: every year) at places, in one query."""
    parts = [_part(years, pks, places) for years, pks in wanted.items() if pks]
    if not parts:
        return ()
    first, *rest = parts
    return first.union(*rest, all=True).iterator() if rest else first.iterator()


def _part(years: range | None, definitions: Collection[int], places: Collection[str]) -> Any:
    in_years = Q() if years is None else Q(fiscal_year__in=tuple(years))
    return (
        PublishedValue.objects.filter(
            in_years, definition__in=tuple(definitions), place_code__in=tuple(places)
        )
        .order_by()
        .annotate(scaled=scaled("value"))
        .values_list("definition", "dataset", "fiscal_year", "place_code", "scaled", "state")
    )
