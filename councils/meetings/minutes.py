"""One meeting with all that belongs to it, as its page and its paper (会議録) show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from councils.choices import MeetingState, MeetingStyle, Profession
from councils.meetings import attending, subjects
from councils.meetings.meeting_calendar import state_today
from councils.models import AgendaItem, Attendance, Decision, Homework, Meeting
from municipalities.japanese.dates import in_wareki, in_western

if TYPE_CHECKING:
    from municipalities.models import Cycle

UNWRITTEN = "（未記入）"


@dataclass(frozen=True, slots=True)
class Decided:
    decision: Decision
    subject: subjects.Subject | None


@dataclass(frozen=True, slots=True)
class Present:
    """How many of one profession were there."""

    label: str
    people: int
    note: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """`lead` is the municipality that leads the meeting, empty where it is ours. `about`: label and value."""

    meeting: Meeting
    lead: str
    state: MeetingState
    about: tuple[dict[str, str], ...]
    agenda: tuple[AgendaItem, ...]
    attendance: tuple[Present, ...]
    homework: tuple[Homework, ...]
    decided: tuple[Decided, ...]

    @property
    def total(self) -> int:
        return sum(row.people for row in self.attendance)

    @property
    def is_to_be_written(self) -> bool:
        return self.state == MeetingState.CHECK


def of(meeting: Meeting, cycle: Cycle) -> Minutes:
    """Return the minutes in four queries. The decisions are our own, whoever leads the meeting."""
    return Minutes(
        meeting=meeting,
        lead="" if meeting.is_led_here else meeting.municipality.name,
        state=state_today(meeting),
        about=about(meeting),
        agenda=tuple(AgendaItem.objects.filter(meeting=meeting)),
        attendance=tuple(present(row) for row in attending.rows_of(meeting)),
        homework=tuple(Homework.objects.filter(meeting=meeting)),
        decided=decided_at(meeting, cycle),
    )


def present(row: Attendance) -> Present:
    return Present(attending.label_of(Profession(row.profession)), row.people, row.note)


def decided_at(meeting: Meeting, cycle: Cycle) -> tuple[Decided, ...]:
    rows = Decision.objects.filter(cycle=cycle, meeting=meeting)
    rows = rows.select_related(*subjects.WITH_SUBJECTS).order_by("position", "pk")
    return tuple(Decided(row, subjects.of(row, cycle)) for row in rows)


def about(meeting: Meeting) -> tuple[dict[str, str], ...]:
    """Return what stands at the head of the minutes, as municipalities write it."""
    is_unstated = meeting.style == MeetingStyle.UNSTATED
    return (
        line("協議体", meeting.council.name),
        line("開催日", day_of(meeting)),
        line("時間", meeting.time),
        line("場所", meeting.place),
        line("開催の方法", "" if is_unstated else meeting.get_style_display()),
        line("公開の可否", "公開" if meeting.is_public else "非公開"),
        line("場面", meeting.get_scene_display()),
        line("会議の目的", meeting.purpose),
    )


def line(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value or UNWRITTEN}


def day_of(meeting: Meeting) -> str:
    """Return 「令和8年7月10日（2026年7月10日（金））」, or the plan as it is spoken of."""
    if meeting.held_on:
        return f"{in_wareki(meeting.held_on)}（{in_western(meeting.held_on)}）"
    return f"{meeting.planned}（予定）" if meeting.planned else ""
