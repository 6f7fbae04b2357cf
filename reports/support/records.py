"""県の支援の記録 read: a year's of a prefecture, and those that concern one municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.entrance import health_centres
from municipalities.japanese import fuzzy_dates
from municipalities.prefecture_tenancy import reading_prefecture
from reports.models import SupportRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.access import Scope
    from municipalities.models import Municipality, Prefecture

ALL_TOWNS = "管内のすべての市町村"
DEPARTMENT = "県の担当課"


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record with the names of its municipalities."""

    row: SupportRecord
    towns: str
    # Of those that are shown.
    codes: tuple[str, ...]
    # Who wrote it down: a health centre, or the prefecture's own department.
    office: str = ""

    @property
    def scenes(self) -> str:
        return "・".join(str(scene.label) for scene in self.row.scenes)


def of(scope: Scope, fiscal_year: int) -> list[SupportRecord]:
    """Return a year's records by time; a health centre's colleague is shown what concerns its towns."""
    with reading_prefecture(scope.prefecture):  # type: ignore[arg-type]
        rows = list(SupportRecord.objects.filter(fiscal_year=fiscal_year))
    shown = rows if scope.towns is None else [row for row in rows if concerns(row, scope.towns)]
    return sorted(shown, key=_time)


def concerns(row: SupportRecord, towns: frozenset[str]) -> bool:
    """Say whether a record is about one of these towns."""
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


def offices(prefecture: Prefecture) -> dict[str, str]:
    """Return the names of a prefecture's health centres by code, in one query."""
    return {one.code: one.name for one in health_centres.of(prefecture)}


def office_name(row: SupportRecord, offices: Mapping[str, str]) -> str:
    """Return who wrote a record down; of a health centre that is gone only that it was one."""
    return offices.get(row.office, "保健所") if row.office else DEPARTMENT


def doubles(row: SupportRecord, among: Iterable[SupportRecord]) -> list[SupportRecord]:
    """Return what another office has written of the same kind, at the same time, for one of the same towns."""
    return [
        one
        for one in among
        if one.office != row.office
        and one.kind == row.kind
        and _time(one)[:-1] == _time(row)[:-1]
        and (row.is_for_all or concerns(one, frozenset(row.town_codes)))
    ]


def lines_of_town(place: Municipality, fiscal_year: int) -> list[RecordLine]:
    """Return what the prefecture did for a municipality in a year, with who wrote it down."""
    rows = of_town(place, fiscal_year)
    known = offices(place.prefecture) if any(row.office for row in rows) else {}
    return in_lines(rows, {place.code: place.name}, offices=known)


def in_lines(
    rows: list[SupportRecord], names: Mapping[str, str], *, offices: Mapping[str, str] | None = None
) -> list[RecordLine]:
    """Return the records with the names of their municipalities; of others only their number is told."""
    return [
        RecordLine(row, _named(row, names), _known(row, names), office_name(row, offices or {}))
        for row in rows
    ]


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
