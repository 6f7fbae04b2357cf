"""県の支援の記録 read: a year's of a prefecture, and those that concern one municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities import fuzzy_dates
from municipalities.prefecture_tenancy import reading_prefecture
from reports.models import SupportRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from municipalities.access import Scope
    from municipalities.models import Municipality

ALL_TOWNS = "管内のすべての市町村"


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record with the names of its municipalities."""

    row: SupportRecord
    towns: str
    # Of those that are shown.
    codes: tuple[str, ...]

    @property
    def scenes(self) -> str:
        return "・".join(str(scene.label) for scene in self.row.scenes)


def of(scope: Scope, fiscal_year: int) -> list[SupportRecord]:
    """Return a year's records by time; a health centre's colleague is shown what concerns its towns."""
    with reading_prefecture(scope.prefecture):  # type: ignore[arg-type]
        rows = list(SupportRecord.objects.filter(fiscal_year=fiscal_year))
    shown = rows if scope.towns is None else [row for row in rows if _concerns(row, scope.towns)]
    return sorted(shown, key=_time)


def _concerns(row: SupportRecord, towns: frozenset[str]) -> bool:
    return row.is_for_all or not towns.isdisjoint(row.town_codes)


def _time(row: SupportRecord) -> tuple:
    """Order by the time that was written; what cannot be read comes last."""
    found = fuzzy_dates.read_or_none(row.held_on)
    return (0, *found.order, row.pk) if found else (1, row.pk)


def of_town(place: Municipality, fiscal_year: int) -> list[SupportRecord]:
    """Return what the prefecture did for a municipality in a year, in one query."""
    with reading_prefecture(place.prefecture_id):
        rows = list(SupportRecord.objects.filter(fiscal_year=fiscal_year))
    return sorted((row for row in rows if row.concerns(place.code)), key=_time)


def in_lines(rows: list[SupportRecord], names: Mapping[str, str]) -> list[RecordLine]:
    """Return the records with the names of their municipalities; of others only their number is told."""
    return [RecordLine(row, _named(row, names), _known(row, names)) for row in rows]


def _known(row: SupportRecord, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(code for code in row.town_codes if code in names)


def _named(row: SupportRecord, names: Mapping[str, str]) -> str:
    if row.is_for_all:
        return ALL_TOWNS
    known = [names[code] for code in _known(row, names)]
    others = len(row.town_codes) - len(known)
    told = "、".join(known)
    return f"{told}（ほか{others}市町村）" if others else told


def years(scope: Scope) -> set[int]:
    """Return the fiscal years of which there are records."""
    with reading_prefecture(scope.prefecture):  # type: ignore[arg-type]
        found = SupportRecord.objects.order_by().values_list("fiscal_year", flat=True)
        return set(found.distinct())
