"""Reads what the 引継書 shows: one query a table, this year's rows and, of meetings, last year's too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from coordinators.models import Contract, ContractEvent
from councils.meetings.meeting_calendar import is_readable
from councils.models import Homework, Meeting
from indicators.followed.following import target_in_words
from indicators.models import Indicator, Measurement, Target
from logicmodels.copying import OVER
from logicmodels.models import Activity
from municipalities.japanese import fiscal, fuzzy_dates, review_rhythm
from municipalities.models import Cycle, Profile
from reports.choices import HandoverSubject
from reports.models import (
    AdviceItem,
    Comment,
    HandoverNote,
    IndicatorHandover,
    ProgressReport,
    SupportStep,
    SupportTask,
)
from reports.submission.drafts import due_dates
from reports.year.calendar import reading as calendar
from reports.year.handover import flow, open_ends, owners, people, settled
from reports.year.handover.flow import Happening
from reports.year.handover.owners import Owned

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from reports.year.calendar.entries import Entry
    from reports.year.handover.open_ends import Group, Line
    from reports.year.handover.owners import Ownerless
    from reports.year.handover.people import Person


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """One indicator for who has never seen it. `targets`: 「令和8年度（2026年度）：70.0％（県の平均に並ぶ）」."""

    key: str
    name: str
    reason: str
    note: str
    targets: tuple[str, ...]
    source: str
    last_source: str
    frequency: str
    keeper: str
    contact: str


@dataclass(frozen=True, slots=True)
class Handover:
    """The whole paper. `notes` has an entry for every subject, with an empty text where nothing is written."""

    town: str
    year: str
    notes: dict[str, tuple[str, str]]
    indicators: tuple[IndicatorCard, ...]
    open: tuple[Group, ...]
    ownerless: tuple[Ownerless, ...]
    # Rows whose 担当 is an account that may enter no longer.
    departed: tuple[Ownerless, ...]
    # What meetings decided, what is to be changed, what was waived.
    decisions: tuple[Group, ...]
    contracts: tuple[Line, ...]
    # PDCAの見直し周期, empty where it is not settled.
    rhythm: str
    months: tuple[flow.Month, ...]
    people: tuple[Person, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing to pass on yet but the people."""
        notes = any(text for _, text in self.notes.values())
        return not (notes or self.indicators or self.open or self.decisions or self.contracts)

    @property
    def number_ownerless(self) -> int:
        return sum(one.number for one in self.ownerless)

    @property
    def number_departed(self) -> int:
        return sum(one.number for one in self.departed)

    @property
    def number_open(self) -> int:
        return sum(len(group.lines) for group in self.open)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What was read: the lists from which more than one part of the paper is made."""

    steps: list[SupportStep]
    advice: list[AdviceItem]
    tasks: list[SupportTask]
    meetings: list[Meeting]
    homework: list[Homework]
    contracts: list[Contract]
    events: list[ContractEvent]


def of(cycle: Cycle) -> Handover:
    rows = _read(cycle)
    indicators = cards(cycle)
    members = people.memberships(cycle)
    owned = Owned(_nobodys(cycle), rows.tasks, rows.homework, indicators)
    due = due_dates.due_dates_of(cycle.municipality, cycle.fiscal_year)
    groups = (
        open_ends.reports(_reports(cycle), due, cycle),
        open_ends.advice(rows.advice, cycle),
        open_ends.homework(rows.homework, cycle),
        open_ends.tasks(rows.tasks, cycle),
    )
    return Handover(
        town=f"{cycle.municipality.prefecture.name}{cycle.municipality.name}",
        year=cycle.label,
        notes=notes_of(cycle),
        indicators=indicators,
        open=tuple(group for group in groups if group.lines),
        ownerless=owners.ownerless(cycle, owned),
        departed=owners.departed(cycle, people.accounts(members), owned),
        decisions=settled.of(cycle, rows.meetings),
        contracts=open_ends.contracts(rows.contracts, cycle),
        rhythm=_rhythm(cycle),
        months=flow.months(_happenings(rows, cycle, due), fiscal_year=cycle.fiscal_year),
        people=people.in_use(members),
    )


def _read(cycle: Cycle) -> _Rows:
    steps = list(SupportStep.objects.filter(cycle=cycle))
    known = {step.pk: step for step in steps}
    advice = list(AdviceItem.objects.filter(cycle=cycle).order_by("position", "pk"))
    for item in advice:
        item.step = known[item.step_id]
    years = (cycle.fiscal_year - 1, cycle.fiscal_year)
    meetings = Meeting.objects.filter(fiscal_year__in=years).select_related("council")
    homework = Homework.objects.led().filter(is_done=False, meeting__fiscal_year__lte=years[-1])
    contracts = list(Contract.objects.led().order_by("position", "pk"))
    return _Rows(
        steps=steps,
        advice=sorted(advice, key=lambda item: (item.step.position, item.position, item.pk)),
        tasks=list(SupportTask.objects.filter(cycle=cycle)),
        meetings=[one for one in meetings.order_by("pk") if is_readable(one)],
        homework=list(
            homework.select_related("meeting__council").order_by("meeting", "position", "pk")
        ),
        contracts=contracts,
        events=_events(contracts),
    )


def _nobodys(cycle: Cycle) -> list[Activity]:
    """Return the activities that go on of which nobody says who carries them out."""
    rows = Activity.objects.filter(cycle=cycle, executor=None).exclude(status__in=OVER)
    return list(rows.order_by("position", "pk"))


def _rhythm(cycle: Cycle) -> str:
    """Return PDCAの見直し周期 in words."""
    rows = Profile.objects.filter(cycle=cycle).values_list(*Profile.REVIEW_FIELDS)
    text, *numbers = rows.first() or ("", None, None, None)
    return review_rhythm.in_words(text or "", *numbers)


def _events(contracts: list[Contract]) -> list[ContractEvent]:
    rows = ContractEvent.objects.led().filter(contract__in=[one.pk for one in contracts])
    return list(rows.select_related("contract").order_by("position", "pk"))


def notes_of(cycle: Cycle) -> dict[str, tuple[str, str]]:
    """Return the label and the text of every subject."""
    written = dict(HandoverNote.objects.filter(cycle=cycle).values_list("subject", "text"))
    return {
        subject.value: (str(subject.label), written.get(subject, "")) for subject in HandoverSubject
    }


def cards(cycle: Cycle) -> tuple[IndicatorCard, ...]:
    """Return the year's indicators in their order."""
    newest = Measurement.objects.filter(
        code=OuterRef("code"), fiscal_year__lte=cycle.fiscal_year
    ).order_by("-fiscal_year", "-is_official", "key")
    rows = Indicator.objects.filter(cycle=cycle).select_related("definition", "own_definition")
    newest_source = Subquery(newest.values("source")[:1])
    rows = rows.annotate(last_source=Coalesce(newest_source, Value(""), output_field=CharField()))
    kept = {one.code: one for one in IndicatorHandover.objects.filter(cycle=cycle)}
    targets: dict[int, list[Target]] = {}
    for target in Target.objects.filter(cycle=cycle).order_by("fiscal_year", "pk"):
        targets.setdefault(target.indicator_id, []).append(target)
    return tuple(
        _card(row, kept.get(row.code) or IndicatorHandover(), targets.get(row.pk, ()))
        for row in rows.order_by("position", "pk")
    )


def _card(row: Any, kept: IndicatorHandover, targets: Iterable[Target]) -> IndicatorCard:
    definition = row.defined_by
    return IndicatorCard(
        key=row.key,
        name=str(definition),
        reason=kept.reason,
        note=row.note,
        targets=tuple(_target(definition, one) for one in targets),
        source=definition.data_source,
        last_source=row.last_source,
        frequency=definition.frequency,
        keeper=kept.keeper,
        contact=kept.contact,
    )


def _target(definition: Any, target: Target) -> str:
    words = f"{fiscal.label(target.fiscal_year)}：{target_in_words(definition, target)}"
    return f"{words}（{target.note}）" if target.note else words


def _reports(cycle: Cycle) -> list[Any]:
    """Return the year's reports with how many comments wait, in one query."""
    waiting = Comment.objects.filter(report=OuterRef("pk")).unanswered().order_by()
    counted = waiting.values("report").annotate(number=Count("pk")).values("number")
    rows = ProgressReport.objects.filter(cycle=cycle)
    found = list(rows.annotate(unanswered=Coalesce(Subquery(counted), 0)).order_by("pk"))
    for report in found:
        report.cycle = cycle
    return found


def _happenings(rows: _Rows, cycle: Cycle, due: Mapping[str, dt.date]) -> Iterator[Happening]:
    year = cycle.fiscal_year
    yield from map(_of_calendar, calendar.beside_meetings(cycle, due))
    for meeting in rows.meetings:
        if not meeting.is_cancelled:
            yield _dated(meeting, meeting.label, "会議", meeting.planned, meeting.fiscal_year)
    for step in rows.steps:
        yield _dated(step, str(step), "連携支援", "", year)
    for what, kind, text in _written(rows):
        if text:
            yield _timed(what, kind, text, year)


def _of_calendar(entry: Entry) -> Happening:
    kind = f"{entry.kind.label}（済み）" if entry.is_done else str(entry.kind.label)
    when = entry.when or f"{entry.day.month}月{entry.day.day}日"
    year = fiscal.fiscal_year_of(entry.day)
    return Happening(entry.text, kind, when, year, earliest=entry.day, latest=entry.day)


def _written(rows: _Rows) -> Iterator[tuple[str, str, str]]:
    """Yield what has a time in words: what, its kind, the words; empty where nobody wrote any."""
    for task in rows.tasks:
        yield open_ends.short(task.text), "実施計画", task.due
    for event in rows.events:
        what = f"{open_ends.short(event.text)}（{event.contract.title}）"
        yield what, event.get_kind_display(), event.due
    for row in rows.homework:
        yield open_ends.short(row.text), "会議の持ち帰り", row.due
    for contract in rows.contracts:
        yield f"{contract.title}の契約の終わり", "委託", contract.ends


def _dated(row: Any, what: str, kind: str, planned: str, fiscal_year: int) -> Happening:
    day = row.held_on
    if day is None:
        return _timed(what, kind, planned, fiscal_year)
    when = f"{day.month}月{day.day}日"
    return Happening(what, kind, when, fiscal_year, earliest=day, latest=day)


def _timed(what: str, kind: str, text: str, fiscal_year: int) -> Happening:
    time = fuzzy_dates.read_or_none(text) if text else None
    if time is None:
        return Happening(what, kind, text, fiscal_year)
    return Happening(what, kind, time.text, fiscal_year, earliest=time.earliest, latest=time.latest)
