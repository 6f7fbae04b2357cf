"""The dates of a municipality's year, read from what everybody has written: one query a table, however many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from coordinators.models import ContractEvent
from councils.choices import MeetingState
from councils.meetings import meeting_calendar
from councils.models import Homework
from logicmodels.models import Milestone
from municipalities.japanese import fiscal, fuzzy_dates
from municipalities.models import Cycle
from reports.choices import EntryKind, ReportKind, TaskState
from reports.models import ProgressReport, SupportStep, SupportTask, YearDate
from reports.submission.drafts import due_dates
from reports.year.calendar.entries import Entry
from surveys.choices import RoundState
from surveys.rounds import days

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from councils.models import Meeting
    from surveys.models import SurveyRound

GONE_BY, HELD = "過ぎました", "開催済み"
ENDED_TASKS = (TaskState.DONE, TaskState.DROPPED)


def of(cycle: Cycle) -> list[Entry]:
    """Return every date of a year that has a day or a time that can be read; in no particular order."""
    return [
        *_reports(cycle, due_dates.due_dates_of(cycle.municipality, cycle.fiscal_year)),
        *_steps(cycle),
        *_meetings(cycle),
        *_tasks(cycle),
        *_milestones(cycle),
        *_homework(cycle),
        *_contracts(cycle),
        *_surveys(cycle),
        *_own(cycle),
    ]


def beside_meetings(cycle: Cycle, due: Mapping[str, dt.date]) -> list[Entry]:
    """Return the dates that the 引継書 has not read already: reports, milestones, surveys and the town's own."""
    return [*_reports(cycle, due), *_milestones(cycle), *_surveys(cycle), *_own(cycle)]


def steps(cycle: Cycle) -> list[Entry]:
    """Return the meetings of the support alone: what an adviser is to know of a year."""
    return list(_steps(cycle))


def _timed(text: str) -> tuple[dt.date, str] | None:
    """Return the last day that a spoken time may mean with the words, which are empty for an exact day."""
    found = fuzzy_dates.read_or_none(text)
    if found is None:
        return None
    is_exact = found.earliest == found.latest
    return found.latest, "" if is_exact else found.text


def _reports(cycle: Cycle, due: Mapping[str, dt.date]) -> Iterator[Entry]:
    submitted = ProgressReport.objects.filter(cycle=cycle, submitted_at__isnull=False)
    done = set(submitted.values_list("kind", flat=True)) if due else set()
    for kind, day in due.items():
        yield Entry(
            uid=f"report-{kind}",
            kind=EntryKind.REPORT,
            day=day,
            text=f"{ReportKind(kind).label}書の提出期限",
            url=cycle.url("reports:report_list"),
            is_done=kind in done,
        )


def _steps(cycle: Cycle) -> Iterator[Entry]:
    today = timezone.localdate()
    for step in SupportStep.objects.filter(cycle=cycle):
        if step.held_on is None:
            continue
        yield Entry(
            uid=f"step-{step.key}",
            kind=EntryKind.STEP,
            day=step.held_on,
            text=str(step),
            url=f"{cycle.url('reports:support')}#{step.key}",
            is_done=step.held_on < today,
            done_word=GONE_BY,
        )


def _meetings(cycle: Cycle) -> Iterator[Entry]:
    today = timezone.localdate()
    for meeting in meeting_calendar.meetings_of(cycle):
        day = meeting_calendar.last_day_of(meeting)
        state = meeting_calendar.state_of(meeting, day, today)
        if fiscal.fiscal_year_of(day) == cycle.fiscal_year and state != MeetingState.CANCELLED:
            yield Entry(
                uid=f"meeting-{meeting.municipality.code}-{meeting.key}",
                kind=EntryKind.MEETING,
                day=day,
                when="" if meeting.held_on else meeting.planned,
                text=meeting.label,
                note=meeting.time if meeting.held_on else "",
                url=_meeting_url(meeting, cycle),
                is_done=_is_over(meeting, state, today),
                done_word=HELD if meeting.minutes else GONE_BY,
            )


def _is_over(meeting: Meeting, state: MeetingState, today: dt.date) -> bool:
    """Say whether a meeting has been held; one that was only planned is not, though its time has gone by."""
    return state == MeetingState.HELD or bool(meeting.held_on and meeting.held_on < today)


def _meeting_url(meeting: Any, cycle: Cycle) -> str:
    if meeting.is_led_here:
        return cycle.url("meetings:meeting", meeting.key)
    return cycle.url("meetings:meeting_shared", meeting.municipality.code, meeting.key)


def _tasks(cycle: Cycle) -> Iterator[Entry]:
    for task in SupportTask.objects.filter(cycle=cycle).exclude(due=""):
        if time := _timed(task.due):
            yield Entry(
                uid=f"task-{task.key}",
                kind=EntryKind.TASK,
                day=time[0],
                when=time[1],
                text=task.text,
                note=f"担当：{task.who}" if task.who else "",
                url=f"{cycle.url('reports:support')}#task-{task.key}",
                is_done=task.state in ENDED_TASKS,
            )


def _milestones(cycle: Cycle) -> Iterator[Entry]:
    """Yield the milestones of a year. April copies what is ahead: then only the year of its day tells it."""
    rows = Milestone.objects.filter(cycle=cycle).select_related("activity")
    timed = [(row, (row.due_on, "") if row.due_on else _timed(row.due)) for row in rows]
    known = [(row, time) for row, time in timed if time]
    of_others = _other_years(cycle, {fiscal.fiscal_year_of(day) for _, (day, _) in known})
    for row, (day, when) in known:
        if fiscal.fiscal_year_of(day) not in of_others:
            yield Entry(
                uid=f"milestone-{row.key}",
                kind=EntryKind.MILESTONE,
                day=day,
                when=when,
                text=row.text,
                note=f"取組：{row.activity}",
                url=cycle.url("logicmodels:activity", row.activity.key),
                is_done=row.is_reached,
            )


def _other_years(cycle: Cycle, years: set[int]) -> set[int]:
    """Return which of these years the municipality has beside this one; asked only where there are others."""
    others = years - {cycle.fiscal_year}
    if not others:
        return set()
    there = Cycle.objects.filter(fiscal_year__in=others).order_by()
    return set(there.values_list("fiscal_year", flat=True))


def _homework(cycle: Cycle) -> Iterator[Entry]:
    """What was taken home from the meetings that we lead."""
    rows = Homework.objects.led().filter(meeting__fiscal_year=cycle.fiscal_year)
    for row in rows.exclude(due="").select_related("meeting"):
        if time := _timed(row.due):
            yield Entry(
                uid=f"homework-{row.meeting.key}-{row.key}",
                kind=EntryKind.HOMEWORK,
                day=time[0],
                when=time[1],
                text=row.text,
                note=f"担当：{row.who}" if row.who else "",
                url=cycle.url("meetings:meeting", row.meeting.key),
                is_done=row.is_done,
            )


def _contracts(cycle: Cycle) -> Iterator[Entry]:
    """Reports and talks that contractors owe; those of other years stand on the page of their contract."""
    rows = ContractEvent.objects.led().exclude(due="").select_related("contract")
    for row in rows:
        time = _timed(row.due)
        if time and fiscal.fiscal_year_of(time[0]) == cycle.fiscal_year:
            yield Entry(
                uid=f"contract-{row.key}",
                kind=EntryKind.CONTRACT,
                day=time[0],
                when=time[1],
                text=row.text,
                note=f"{row.contract}",
                url=cycle.url("contracts:contract", row.contract.key),
                is_done=bool(row.done),
            )


def _surveys(cycle: Cycle) -> Iterator[Entry]:
    """The days of rounds that fall into this year, also of rounds of earlier ones: answers are kept for years."""
    first, last = fiscal.first_day(cycle.fiscal_year), fiscal.last_day(cycle.fiscal_year)
    for row in days.between(first, last):
        row.cycle.municipality = cycle.municipality
        for name, day, words, done_word in _days_of(row):
            if day is not None and first <= day <= last:
                yield Entry(
                    uid=f"survey-{row.cycle.fiscal_year}-{row.key}-{name}",
                    kind=EntryKind.SURVEY,
                    day=day,
                    text=f"調査「{row.title}」{words}",
                    note=_kept(row) if name == "kept" else "",
                    url=row.page,
                    is_done=bool(done_word),
                    done_word=done_word,
                )


def _days_of(row: SurveyRound) -> Iterator[tuple[str, dt.date | None, str, str]]:
    """Yield the days of a round: name, day, words, and what is said of it once it is done, else nothing."""
    closed = "締め切りました" if row.state == RoundState.CLOSED else ""
    opened = "受付中" if row.state == RoundState.ASKING else closed
    yield "opens", row.opens_on, "の受付開始", opened
    yield "closes", row.closes_on, "の締切", closed
    yield (
        "kept",
        row.keep_until,
        "の回答を保管する最後の日",
        "消去しました" if row.emptied_on else "",
    )


def _kept(row: SurveyRound) -> str:
    told = "" if row.result_key else "集計の結果は、まだ登録されていません。"
    return f"この日を過ぎると、回答を自動で消します。{told}"


def _own(cycle: Cycle) -> Iterator[Entry]:
    for row in YearDate.objects.filter(cycle=cycle):
        yield Entry(
            uid=f"own-{row.key}",
            kind=EntryKind.OWN,
            day=row.day,
            text=row.text,
            note=row.note,
            is_done=row.is_done,
            key=row.key,
        )
