"""What a person is told on one morning: dates that come near, and once a week what waits at their desks.

Read place by place, each within its own fence, with the roles that the person has today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.choices import CycleState, Role, ScopeKind
from municipalities.japanese import fiscal
from municipalities.menus import desks
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.tenancy import within
from reports.choices import EntryKind, ReportKind
from reports.models import Progress
from reports.submission.drafts import due_dates
from reports.year.calendar import reading, reminder_days, reminding, workdays
from reports.year.calendar.entries import Entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from municipalities.models import User

# Who works with the dates of a town's year; who only reads has nothing to do by them.
AT_WORK = frozenset({Role.EDITOR, Role.APPROVER, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Told:
    """Under one heading: sentences and the page where they lead."""

    title: str
    lines: tuple[str, ...]
    path: str


class Morning:
    """One morning. What it has read of a place it tells everybody of that place."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self._known: dict[tuple[str, str], list[Told]] = {}
        self._nationwide = reminder_days.nationwide()

    def news_for(self, user: User) -> list[Told]:
        """Return what one person is told; nothing on a day that is no workday."""
        if not workdays.is_workday(self.today):
            return []
        found = [told for place in self._places(user) for told in self._told(*place)]
        return [*found, *self._waits(user)]

    def _places(self, user: User) -> Iterator[tuple[str, str]]:
        """Yield a person's places with what of each is told: each once."""
        seen: dict[tuple[str, str], None] = {}
        for row in user.memberships.in_term().order_by("scope_code", "pk"):
            if row.role in AT_WORK:
                seen["town", row.scope_code] = None
            elif row.role == Role.ADVISER:
                seen["advised", row.scope_code] = None
            elif row.role == Role.OFFICER and row.scope_kind == ScopeKind.PREFECTURE:
                seen["prefecture", row.scope_code] = None
        yield from seen

    def _told(self, kind: str, code: str) -> list[Told]:
        if (kind, code) not in self._known:
            found = self._of_prefecture(code) if kind == "prefecture" else self._of_town(kind, code)
            self._known[kind, code] = list(found)
        return self._known[kind, code]

    def _of_town(self, kind: str, code: str) -> Iterator[Told]:
        place = Municipality.objects.filter(code=code).select_related("prefecture").first()
        if place is None:
            return
        own = reminding.read(place.reminder_days) or self._nationwide
        with within(place):
            for cycle in Cycle.objects.exclude(state=CycleState.CLOSED).order_by("fiscal_year"):
                cycle.municipality = place
                entries = reading.of(cycle) if kind == "town" else reading.steps(cycle)
                path = cycle.url("reports:calendar") if kind == "town" else ""
                yield from self._near(f"{place.name}　{cycle.label}", entries, own, path)

    def _of_prefecture(self, code: str) -> Iterator[Told]:
        place = Prefecture.objects.filter(code=code).first()
        if place is None:
            return
        this_year = fiscal.fiscal_year_of(self.today)
        for year in (this_year, this_year + 1):
            entries = list(_dates_of(place, year))
            title = f"{place.name}　{fiscal.label(year)}"
            path = desks.way("prefecture:current", place.code)
            yield from self._near(title, entries, self._nationwide, path)

    def _near(
        self, title: str, entries: list[Entry], days: tuple[int, ...], path: str
    ) -> Iterator[Told]:
        near = reminding.due_today(entries, days=days, today=self.today)
        if near:
            yield Told(title, tuple(self._in_words(entry) for entry in near), path)

    def _in_words(self, entry: Entry) -> str:
        """「あと7日　2026年12月2日（水）　中間報告書の提出期限」."""
        left = entry.days_left(self.today)
        note = f"（{entry.note}）" if entry.note else ""
        return f"{f'あと{left}日' if left else '今日'}　{entry.in_words}　{entry.text}{note}"

    def _waits(self, user: User) -> Iterator[Told]:
        """What waits at a person's desks, on the first workday of the week."""
        if not workdays.is_first_of_week(self.today):
            return
        own = (desk for desk in desks.of(user) if not desk.is_one_of_all)
        for desk in desks.counted(own, user):
            if desk.waits:
                yield Told(f"{desk.label}：お待ちのもの", desk.waits, desk.url)


def _dates_of(prefecture: Prefecture, fiscal_year: int) -> Iterator[Entry]:
    """Yield until when the reports of a prefecture's towns are due, with how many are missing."""
    dates = due_dates.due_dates_in(prefecture, fiscal_year)
    if not dates:
        return
    towns = Municipality.objects.without_wards().filter(prefecture=prefecture)
    for kind, day in dates.items():
        submitted = Progress.objects.filter(
            municipality__in=towns, fiscal_year=fiscal_year, kind=kind, submitted_on__isnull=False
        )
        missing = towns.count() - submitted.values("municipality").distinct().count()
        yield Entry(
            uid=f"report-{kind}",
            kind=EntryKind.REPORT,
            day=day,
            text=f"{ReportKind(kind).label}書の提出期限",
            note=f"まだ提出していない市町村　{missing}",
            is_done=not missing,
        )
