"""Where a judgement was made and an improvement settled: until a meeting was held over it, it is 案."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from councils.meetings import agreement, meeting_calendar
from councils.meetings.meeting_days import was_held
from municipalities.japanese import fiscal
from municipalities.japanese.dates import in_wareki
from municipalities.rows.rows import audience_lets_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from councils.models import Decision, Improvement, Judgement, Meeting
    from municipalities.models import Cycle

# The meetings that may judge a year and be read here, by primary key.
Meetings = dict[int, "Meeting"]
DRAFT, SETTLED, JUDGED = "案", "決定", "協議体の判断"


@dataclass(frozen=True, slots=True)
class Place:
    """A meeting in words, with the page on which it is read, and whether it has been held."""

    meeting: str
    when: str
    url: str
    is_held: bool
    # Whether people outside the house may hear of the meeting.
    is_open: bool = True
    day: dt.date | None = None

    @property
    def in_words(self) -> str:
        return f"{self.meeting}（{self.when}）" if self.when else self.meeting


def meetings_of(cycle: Cycle) -> Meetings:
    """Return the meetings that may judge the year, ours and those a neighbour lets us read, in one query."""
    return {row.pk: row for row in meeting_calendar.judging(cycle)}


def place_of(meeting: Meeting | None, cycle: Cycle, *, today: dt.date) -> Place | None:
    """Return where something was judged or decided; None without a meeting that may be read here."""
    if meeting is None:
        return None
    found = agreement.agreement_of(meeting, cycle)
    when = in_wareki(found.day) if found.day else found.planned
    year = fiscal.label(meeting.fiscal_year) if meeting.fiscal_year != cycle.fiscal_year else ""
    name = " ".join(filter(None, (year, found.meeting)))
    is_open = audience_lets_out(meeting) and audience_lets_out(meeting.council)
    held = is_held(meeting, today=today)
    return Place(name, when, found.url, is_held=held, is_open=is_open, day=found.day)


def is_held(meeting: Meeting, *, today: dt.date) -> bool:
    """Say whether a meeting has taken place: what is planned, or was cancelled, settles nothing."""
    if meeting.is_cancelled:
        return False
    return was_held(meeting.held_on, meeting.minutes, today=today)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with the meeting in which it was made."""

    row: Judgement
    place: Place | None

    @property
    def is_settled(self) -> bool:
        return self.place is not None and self.place.is_held

    @property
    def state(self) -> str:
        return JUDGED if self.is_settled else DRAFT


@dataclass(frozen=True, slots=True)
class Improved:
    """An improvement with the meeting that settled it."""

    row: Improvement
    place: Place | None

    @property
    def is_settled(self) -> bool:
        return self.place is not None and self.place.is_held

    @property
    def state(self) -> str:
        return SETTLED if self.is_settled else DRAFT

    @property
    def since(self) -> str:
        return str(self.row.since)


def judged(row: Judgement, meetings: Meetings, cycle: Cycle) -> Judged:
    today = timezone.localdate()
    return Judged(row, place_of(_found(meetings, row.meeting_id), cycle, today=today))


def improved(row: Improvement, meetings: Meetings, cycle: Cycle) -> Improved:
    """Return an improvement with where it was settled: by its decision, else by its judgement.

    Decision and judgement are read with it.
    """
    settled_by: Decision | Judgement | None = row.decision or row.judgement
    meeting = _found(meetings, settled_by.meeting_id) if settled_by else None
    return Improved(row, place_of(meeting, cycle, today=timezone.localdate()))


def _found(meetings: Mapping[int, Any], pk: int | None) -> Any:
    return None if pk is None else meetings.get(pk)


def named(meeting: Meeting) -> str:
    """Return 「全体会 第1回（令和8年7月10日）」, for a list to choose from."""
    when = in_wareki(meeting.held_on) if meeting.held_on else meeting.planned
    return f"{meeting.label}（{when}）" if when else meeting.label
