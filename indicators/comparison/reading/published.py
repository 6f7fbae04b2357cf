"""The published values of places as integers, in few queries: what columns are put together from."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Cast, Round

from indicators.choices import PlaceKind
from indicators.comparison.judging.pooling import SCALE
from indicators.comparison.shape import Origin
from indicators.definitions.catalogue import CORE_CODE
from indicators.models import Definition, PublishedValue
from indicators.models.definitions import PREFECTURE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from indicators.comparison.selection import Selection

    # A place; of its values the packed keys, the numbers, and the states where there is no number.
    Told = tuple[str, list[int], list[int | None], list[str | None]]

SAID = (
    *("code", "name", "unit", "decimals", "direction", "value_kind", "numerator", "multiplier"),
    *("scenes", "caution", "external_code", "position", "changes"),
)


# Whether any statistic tells parts beside a value of the definition: an index of those alone (`published_value_parts`)
# answers it, so that nothing further is read where none does.
TELLS_PARTS = Exists(
    PublishedValue.objects.filter(definition=OuterRef("pk"), numerator__isnull=False)
)


class Key(NamedTuple):
    """One column of one statistic: the keys of definition and dataset, and the year."""

    definition: int
    dataset: int
    fiscal_year: int


class Table:
    """Values, and states where there are none, by column and place."""

    def __init__(self) -> None:
        self.values: dict[Key, dict[str, int]] = defaultdict(dict)
        self.states: dict[Key, dict[str, str]] = defaultdict(dict)
        self._keys: dict[int, list[Key]] = {}

    def take(self, rows: Iterable[Told]) -> None:
        """Add rows of `rows_of`."""
        values: dict[int, dict[str, int]] = defaultdict(dict)
        states: dict[int, dict[str, str]] = defaultdict(dict)
        for place, *lists in rows:
            for packed, number, state in zip(*lists, strict=True):
                if number is None:
                    states[packed][place] = state
                else:
                    values[packed][place] = number
        for packed, numbers in values.items():
            self.values[unpacked(packed)] |= numbers
        for packed, said in states.items():
            self.states[unpacked(packed)] |= said
        self.index()

    def index(self) -> None:
        """Find the columns of each definition among the values."""
        keys = defaultdict(list)
        for key in self.values:
            keys[key.definition].append(key)
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


class Listed(Aggregate):
    """All values of a group in one list: ten thousand rows of six columns cost more on their way to us than in the database."""

    def as_sqlite(self, *args: Any, **kwargs: Any) -> Any:
        return self.as_sql(*args, function="json_group_array", **kwargs)

    def as_postgresql(self, *args: Any, **kwargs: Any) -> Any:
        return self.as_sql(*args, function="array_agg", **kwargs)

    def get_db_converters(self, connection: Any) -> list[Any]:
        return [_from_json] if connection.vendor == "sqlite" else []


def _from_json(value: str, *_: Any) -> Any:
    return json.loads(value)


# A key in one integer: so much for a dataset, and for a definition.
DATASET, DEFINITION = 10**4, 10**12
PACKED = F("definition") * DEFINITION + F("dataset") * DATASET + F("fiscal_year")


def unpacked(packed: int) -> Key:
    definition, rest = divmod(packed, DEFINITION)
    return Key(definition, *divmod(rest, DATASET))


@dataclass(frozen=True, slots=True)
class Known:
    """Every definition with the newest year of places of these kinds, the core first: read once for a page."""

    kinds: frozenset[str]
    rows: tuple[Any, ...]

    @property
    def pks(self) -> dict[str, int]:
        return {one.code: one.pk for one in self.rows}

    @property
    def names(self) -> dict[int, str]:
        return {one.pk: one.name for one in self.rows}


def known(kinds: Collection[str], until: int | None = None, *, prefecture: str = "") -> Known:
    """Read the definitions in one query; the newest year is one that is not later than `until`.

    `prefecture`: the code of that whose own ones statistics may tell of towns, too.
    """
    in_time = {} if until is None else {"fiscal_year__lte": until}
    newest = (
        PublishedValue.objects.filter(definition=OuterRef("pk"), place_kind__in=kinds, **in_time)
        .order_by("-fiscal_year")
        .values("fiscal_year")[:1]
    )
    is_told = bool(prefecture) and PlaceKind.MUNICIPALITY in kinds
    own = Q(code__startswith=f"{PREFECTURE_PREFIX}{prefecture}-") if is_told else Q(pk=None)
    rows = Definition.every.filter(Q(prefecture=None) | own)
    rows = rows.annotate(newest=Subquery(newest), tells_parts=TELLS_PARTS)
    found = sorted(
        rows.order_by().values_list("pk", *SAID, "newest", "tells_parts", named=True),
        key=lambda one: (CORE_CODE not in one.external_code, one.position, one.code),
    )
    return Known(frozenset(kinds), tuple(found))


def known_to(prefecture: str, selection: Selection, kinds: Collection[str]) -> Known:
    """Return what a prefecture (a code) reads of: statistics may tell its own definitions by their copies."""
    own = "" if selection.origin is Origin.SUBMITTED else prefecture
    return known(kinds, selection.until, prefecture=own)


def asked_for(selection: Selection, definitions: Iterable[Any]) -> list[Any]:
    """Keep what the selection names, or else what belongs to its scene."""
    if selection.indicators:
        return [one for one in definitions if one.code in selection.indicators]
    if selection.scene:
        return [one for one in definitions if selection.scene in one.scenes.split(";")]
    return list(definitions)


def rows_of(
    wanted: Mapping[range | None, Collection[int]], places: Collection[str]
) -> Iterable[Told]:
    """Return the values of definitions in spans of years (None: every year) at places, in one query.

    A row for each place and span: packed keys, values and states as lists of the same length.
    """
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
        .values("place_code")
        .annotate(
            columns=Listed(PACKED, output_field=TextField()),
            numbers=Listed(scaled("value"), output_field=TextField()),
            states=Listed(
                Case(When(value__isnull=True, then=F("state"))), output_field=TextField()
            ),
        )
        .values_list("place_code", "columns", "numbers", "states")
    )
