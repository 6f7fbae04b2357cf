"""The meetings of a year by month, held and planned, and what they decided, as their list shows them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone

from councils.choices import MeetingState
from councils.meetings.meeting_days import last_day
from councils.meetings.subjects import WITH_SUBJECTS
from councils.models import Decision, Meeting
from municipalities.choices import Audience
from municipalities.japanese import fiscal
from municipalities.models import Cycle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

UNDATED = "時期が決まっていないもの"


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in the list: its state, the day by which it stands, and how many things it decided."""

    meeting: Meeting
    state: MeetingState
    last: dt.date
    decisions: int


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """`decided`: (decision, its meeting or None where the meeting is not shared with us any more).

    `to_check` are our own meetings: only who leads one writes its minutes.
    """

    months: tuple[Month, ...]
    decided: tuple[tuple[Decision, Meeting | None], ...]
    to_check: int


def of(cycle: Cycle) -> Year:
    """Return the year in two queries. What a neighbour keeps to itself (庁内) is not shown here."""
    meetings = meetings_of(cycle)
    known = {meeting.pk: meeting for meeting in meetings}
    decisions = decisions_of(cycle)
    counts = Counter(decision.meeting_id for decision in decisions)
    today = timezone.localdate()
    lines = sorted(
        (line_of(meeting, counts[meeting.pk], cycle, today) for meeting in meetings),
        key=lambda line: (line.last, line.meeting.held_on or dt.date.max, line.meeting.pk),
    )
    decided = [(decision, known.get(decision.meeting_id)) for decision in decisions]
    order = {line.meeting.pk: place for place, line in enumerate(lines)}
    decided.sort(key=lambda pair: order.get(pair[0].meeting_id, len(order)))
    return Year(
        months=by_month(lines),
        decided=tuple(decided),
        to_check=sum(
            line.state == MeetingState.CHECK and line.meeting.is_led_here for line in lines
        ),
    )


def meetings_of(cycle: Cycle) -> list[Meeting]:
    return readable(Meeting.objects.filter(fiscal_year=cycle.fiscal_year))


def judging(cycle: Cycle) -> list[Meeting]:
    """Return the meetings that may judge a year: its own, then those of the year after where that is open.

    Numbers become final after the year, and so the council of May speaks of it. One query.
    """
    years = Cycle.objects.filter(fiscal_year__in=judging_years(cycle)).values("fiscal_year")
    found = readable(Meeting.objects.filter(fiscal_year__in=years))
    return sorted(found, key=lambda row: row.fiscal_year)


def judging_years(cycle: Cycle) -> tuple[int, int]:
    return cycle.fiscal_year, cycle.fiscal_year + 1


def readable(rows: QuerySet[Meeting]) -> list[Meeting]:
    rows = rows.select_related("council", "municipality").order_by("pk")
    return [row for row in rows if is_readable(row)]


def is_readable(meeting: Meeting) -> bool:
    """Say whether a meeting is read here: what a neighbour keeps to itself (庁内) is not, shared council or no."""
    return meeting.is_led_here or meeting.audience != Audience.INTERNAL


def decisions_of(cycle: Cycle) -> list[Decision]:
    """Return the year's decisions in their order. Their meetings may be a neighbour's: they are looked up."""
    rows = Decision.objects.filter(cycle=cycle).select_related(*WITH_SUBJECTS)
    return list(rows.order_by("position", "pk"))


def line_of(meeting: Meeting, decisions: int, cycle: Cycle, today: dt.date) -> Line:
    last = last_day_of(meeting)
    return Line(meeting, state_of(meeting, last, today), within_year(last, cycle), decisions)


def last_day_of(meeting: Meeting) -> dt.date:
    """Return the day of a meeting, or the last one that its plan speaks of; without either, date.max."""
    return last_day(meeting.held_on, meeting.planned)


def within_year(day: dt.date, cycle: Cycle) -> dt.date:
    """Return the day; date.max for one outside the year, such as that of 「令和8年10月以降」."""
    return day if fiscal.fiscal_year_of(day) == cycle.fiscal_year else dt.date.max


def state_of(meeting: Meeting, last: dt.date, today: dt.date) -> MeetingState:
    """Return how far a meeting is: one whose day has gone by without minutes is to be looked at."""
    if meeting.is_cancelled:
        return MeetingState.CANCELLED
    if meeting.minutes:
        return MeetingState.HELD
    return MeetingState.CHECK if last < today else MeetingState.PLANNED


def state_today(meeting: Meeting) -> MeetingState:
    return state_of(meeting, last_day_of(meeting), timezone.localdate())


def by_month(lines: Iterable[Line]) -> tuple[Month, ...]:
    """Return the lines, which are in order, under 「4月」 … 「3月」; those without a time come last."""

    def label(line: Line) -> str:
        return UNDATED if line.last == dt.date.max else f"{line.last.month}月"

    return tuple(Month(name, tuple(found)) for name, found in groupby(lines, key=label))
