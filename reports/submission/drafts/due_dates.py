"""Until when a report is to be submitted: the prefecture's date, else the one announced nationwide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from municipalities.choices import ScopeKind
from municipalities.models.people import NATION_CODE
from reports.models import DueDate

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Municipality, Prefecture
    from reports.models import ProgressReport


def due_on(municipality: Municipality, fiscal_year: int, kind: str) -> dt.date | None:
    """Return the date that holds for a town's reports of this kind, or None."""
    return due_dates_of(municipality, fiscal_year).get(kind)


def due_dates_of(municipality: Municipality, fiscal_year: int) -> dict[str, dt.date]:
    """Return the dates that hold for a town in a year, by kind of report, in one query."""
    return due_dates_in(municipality.prefecture, fiscal_year)


def due_dates_in(prefecture: Prefecture, fiscal_year: int) -> dict[str, dt.date]:
    """Return the dates that hold for all towns of a prefecture, by kind of report, in one query."""
    rows = DueDate.objects.filter(
        Q(scope_kind=ScopeKind.NATION, scope_code=NATION_CODE)
        | Q(scope_kind=ScopeKind.PREFECTURE, scope_code=prefecture.code),
        fiscal_year=fiscal_year,
    )
    # The prefecture's own dates come last and hold.
    nearest_last = sorted(rows, key=lambda row: row.scope_kind == ScopeKind.PREFECTURE)
    return {row.kind: row.due_on for row in nearest_last}


def days_late(submitted_on: dt.date | None, due_on: dt.date | None) -> int:
    """Return by how many days a report came after its date; 0 in time, and where a day is not known."""
    return max((submitted_on - due_on).days, 0) if submitted_on and due_on else 0


def days_late_at(report: ProgressReport, at: dt.datetime) -> int:
    """Return by how many days a submission at this moment is late, in Japanese calendar days."""
    return days_late(timezone.localdate(at), _due_on(report))


def _due_on(report: ProgressReport) -> dt.date | None:
    cycle = report.cycle
    return due_on(cycle.municipality, cycle.fiscal_year, report.kind)


@dataclass(frozen=True, slots=True)
class Due:
    """The date of one report. `is_pressing`: it has not been submitted yet, so the days count."""

    on: dt.date
    days_left: int
    is_pressing: bool

    @property
    def is_past(self) -> bool:
        return self.days_left < 0

    @property
    def remark(self) -> str:
        """「あと12日」, 「今日まで」 or 「期限を3日過ぎています」; nothing for what is out already."""
        if not self.is_pressing:
            return ""
        if self.is_past:
            return f"期限を{-self.days_left}日過ぎています"
        return f"あと{self.days_left}日" if self.days_left else "今日まで"


def due_of(report: ProgressReport) -> Due | None:
    """Return a report's date with the days that are left, or None where none was set."""
    on = _due_on(report)
    if on is None:
        return None
    return Due(on, (on - timezone.localdate()).days, report.submitted_at is None)
