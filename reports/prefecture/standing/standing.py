"""Where every municipality of a prefecture stands in a year, from the published rows alone.

Nothing here reads behind a fence: Progress, YearProgress, PhaseProgress and 県入力 are all there is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, F, FilteredRelation, OuterRef, Q, Value
from django.utils import timezone

from municipalities.choices import CARE_SCENES, AreaScheme, Scene
from municipalities.models import MedicalAreaMember
from reports.choices import Phase, PhaseState, ReportKind, ReportStatus
from reports.models import OfficerEntry, PhaseProgress, Progress, YearProgress
from reports.numbers import ReportNumber
from reports.prefecture.standing import need
from reports.submission.drafts import due_dates

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.access import Scope
    from municipalities.models import Municipality

# Out of the house: the adviser, the prefecture, or both have it.
OUT = frozenset(
    {
        ReportStatus.SUBMITTED,
        ReportStatus.REVISIT,
        ReportStatus.ADVISED,
        ReportStatus.ACCEPTED,
    }
)
# A row of a report, and in its columns one of 県入力, whose serial no report has.
ENTERED = 0
OF_PAPER = (
    *("municipality_id", "kind", "serial", "status", "submitted_on", "is_late", "accepted_on"),
)
OF_ENTRY = (
    *("municipality_id", "kind", Value(ENTERED), "status", "submitted_on"),
    *(Value(False), Value(None, output_field=DateField())),
)
ENTRY_WORDS = {ReportStatus.DRAFT: "作成中"}
SHORT = {
    Scene.DAILY_CARE: "日常",
    Scene.DISCHARGE: "入退院",
    Scene.EMERGENCY: "急変",
    Scene.END_OF_LIFE: "看取り",
}
# How the states look as tags of the house.
LOOKS = {
    PhaseState.DONE: "done",
    PhaseState.DOING: "doing",
    PhaseState.UNSURE: "check",
    PhaseState.NOT_STARTED: "todo",
    PhaseState.BLOCKED: "blocked",
}
COUNTS = ("issues", "activities", "indicators", "values_known", "steps", "steps_held", "counted_at")
OUTSIDE = "システムを使っていません"
NOT_SUBMITTED = "未提出"
NOT_BEGUN = "この年度をまだ始めていません"


@dataclass(frozen=True, slots=True)
class Paper:
    """One report as the prefecture knows it. `number` is None for what the officer entered."""

    kind: ReportKind
    status: ReportStatus
    submitted_on: dt.date | None
    serial: int = 1
    is_late: bool = False
    accepted_on: dt.date | None = None
    number: ReportNumber | None = None

    @property
    def is_entry(self) -> bool:
        return self.number is None

    @property
    def word(self) -> str:
        return ENTRY_WORDS.get(self.status, str(self.status.label))

    @property
    def is_out(self) -> bool:
        return self.status in OUT

    @property
    def is_acceptable(self) -> bool:
        return not self.is_entry and self.is_out and self.status != ReportStatus.ACCEPTED

    @property
    def title(self) -> str:
        label = f"{self.kind.label}書"
        return label if self.serial == 1 else f"{label}（{self.serial}回目）"


@dataclass(frozen=True)
class Papers:
    """The reports of one kind, first to last, against the date that holds for them."""

    kind: ReportKind
    papers: tuple[Paper, ...]
    due_on: dt.date | None
    today: dt.date
    # The report that follows it has come: nobody waits for this one any more.
    is_passed: bool = False

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def last(self) -> Paper | None:
        return self.papers[-1] if self.papers else None

    @property
    def is_entered(self) -> bool:
        """Known by 県入力 alone."""
        return self.last is not None and self.last.is_entry

    @property
    def is_submitted(self) -> bool:
        return any(paper.is_out for paper in self.papers)

    @property
    def is_accepted(self) -> bool:
        return self.last is not None and self.last.status == ReportStatus.ACCEPTED

    @property
    def is_wanted_again(self) -> bool:
        return self.last is not None and self.last.status == ReportStatus.REVISIT

    @property
    def days_over(self) -> int:
        """Days since the date; negative before it. Only asked where there is a date."""
        return (self.today - self.due_on).days if self.due_on else 0

    @property
    def is_overdue(self) -> bool:
        return self._is_waited_for and self.days_over > 0

    @property
    def overdue_word(self) -> str:
        """「12日超過」 of what has not come by its date; else nothing."""
        return f"{self.days_over}日超過" if self.is_overdue else ""

    def is_due_within(self, days: int) -> bool:
        return self._is_waited_for and -days <= self.days_over <= 0

    @property
    def _is_waited_for(self) -> bool:
        return self.due_on is not None and not (self.is_submitted or self.is_passed)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a year holds, and when it was counted."""

    issues: int
    activities: int
    indicators: int
    values_known: int
    steps: int
    steps_held: int
    counted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StateGroup:
    """The scenes that are in one state."""

    state: PhaseState
    scenes: tuple[Scene, ...]

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    @property
    def names(self) -> list[str]:
        if len(self.scenes) == len(CARE_SCENES):
            return ["4つの場面"]
        return [SHORT[scene] for scene in self.scenes]


@dataclass(frozen=True)
class Line:
    """One municipality in its year. `is_user`: it has used the system in this or another year."""

    place: Municipality
    interim: Papers
    final: Papers
    phases: dict[tuple[str, str], PhaseProgress]
    counts: Counts | None
    is_user: bool
    # The 二次医療圏 in which it lies, code and name: of a city by wards there may be several.
    areas: tuple[tuple[str, str], ...] = ()

    @property
    def kinds(self) -> tuple[Papers, Papers]:
        return self.interim, self.final

    @property
    def interim_left(self) -> str:
        """How the interim report stands that a final one has overtaken: 「未提出」; empty where none was."""
        is_overtaken = self.final.is_accepted or not self.interim.is_submitted
        if self.interim.is_accepted or not (self.final.is_submitted and is_overtaken):
            return ""
        return self.interim.last.word if self.interim.last else NOT_SUBMITTED

    @property
    def area_names(self) -> str:
        return "、".join(name for _, name in self.areas)

    @property
    def has_begun(self) -> bool:
        """The year is in the system: it has been counted, or something was submitted."""
        submitted = any(not paper.is_entry for one in self.kinds for paper in one.papers)
        return self.counts is not None or submitted

    @property
    def is_at_work(self) -> bool:
        """The town itself has opened the year in the system: what is known of it comes from there."""
        return self.counts is not None

    @property
    def is_known_by_entry(self) -> bool:
        """All that is known of the year is what the officer entered."""
        return not self.has_begun and any(one.is_entered for one in self.kinds)

    @property
    def kinds_to_enter(self) -> list[ReportKind]:
        """What 県入力 may say. Of a town at work only what was entered before, to be put right or taken away."""
        return [
            one.kind for one in self.kinds if one.is_entered or not (one.papers or self.is_at_work)
        ]

    @property
    def is_all_in_system(self) -> bool:
        """Both kinds were submitted in the system: there is nothing to enter by hand."""
        return all(one.last is not None and not one.last.is_entry for one in self.kinds)

    @property
    def absence(self) -> str:
        return NOT_BEGUN if self.is_user else OUTSIDE

    @property
    def remark(self) -> str:
        """What is to be said of a town that needs no hand: that it goes other ways."""
        return "" if self.has_begun else self.absence

    @cached_property
    def reasons(self) -> tuple[need.Reason, ...]:
        return need.of(self)

    def states(self, phase: Phase) -> list[PhaseState]:
        """Return the states of the care scenes in their order, as far as they are known."""
        found = (self.phases.get((scene, phase)) for scene in CARE_SCENES)
        return [PhaseState(one.state) for one in found if one]

    def groups(self, phase: Phase) -> list[StateGroup]:
        """Return which scenes are in which state, what is done first."""
        by_state = defaultdict(list)
        for scene in CARE_SCENES:
            if known := self.phases.get((scene, phase)):
                by_state[known.state].append(scene)
        return [StateGroup(one, tuple(by_state[one])) for one in LOOKS if by_state[one]]

    @property
    def plan(self) -> list[StateGroup]:
        return self.groups(Phase.PLAN)

    @property
    def do(self) -> list[StateGroup]:
        return self.groups(Phase.DO)


def lines_of(scope: Scope, fiscal_year: int) -> list[Line]:
    """Return a line for every municipality shown there by code, in five queries however many there are."""
    return _lines(scope.municipalities(), scope.prefecture, fiscal_year)


def line_of(place: Municipality, fiscal_year: int) -> Line:
    """Return the line of one municipality."""
    (line,) = _lines(
        place.prefecture.municipalities.filter(pk=place.pk), place.prefecture, fiscal_year
    )
    return line


def _lines(towns, prefecture, fiscal_year) -> list[Line]:
    towns = list(_counted(towns, fiscal_year))
    year = {"municipality__in": [place.pk for place in towns], "fiscal_year": fiscal_year}
    due, today = due_dates.due_dates_in(prefecture, fiscal_year), timezone.localdate()
    papers = _papers(year, {place.pk: place.code for place in towns}, due)
    phases: dict[int, dict[tuple[str, str], PhaseProgress]] = defaultdict(dict)
    for one in PhaseProgress.objects.filter(**year):
        phases[one.municipality_id][one.scene, one.phase] = one
    areas = _areas(prefecture)

    def of_kind(place, kind):
        is_passed = kind == ReportKind.INTERIM and any(
            one.is_out for one in papers[place.pk, ReportKind.FINAL]
        )
        return Papers(kind, tuple(papers[place.pk, kind]), due.get(kind), today, is_passed)

    return [
        Line(
            place=place,
            interim=of_kind(place, ReportKind.INTERIM),
            final=of_kind(place, ReportKind.FINAL),
            phases=phases[place.pk],
            counts=_counts(place),
            is_user=place.is_user,
            areas=tuple(areas[place.pk]),
        )
        for place in towns
    ]


def _areas(prefecture) -> dict[int, dict[tuple[str, str], None]]:
    """Return code and name of the present 二次医療圏 by municipality; those of wards are their city's as well."""
    found: dict[int, dict[tuple[str, str], None]] = defaultdict(dict)
    members = MedicalAreaMember.objects.filter(
        area__prefecture=prefecture, area__scheme=AreaScheme.MEDICAL_2024
    ).order_by("area__code")
    for place, city, code, name in members.values_list(
        "municipality", "municipality__parent", "area__code", "area__name"
    ):
        for one in filter(None, (place, city)):
            found[one][code, name] = None
    return found


def _counted(towns, fiscal_year):
    """Add to each municipality the counts of its year, and whether it has ever been in the system."""
    year = FilteredRelation("year_progress", condition=Q(year_progress__fiscal_year=fiscal_year))
    return towns.annotate(
        year=year,
        is_user=Exists(YearProgress.objects.filter(municipality=OuterRef("pk")))
        | Exists(Progress.objects.filter(municipality=OuterRef("pk"))),
        **{f"year_{name}": F(f"year__{name}") for name in COUNTS},
    )


def _counts(place) -> Counts | None:
    if place.year_counted_at is None:
        return None
    return Counts(**{name: getattr(place, f"year_{name}") for name in COUNTS})


def _papers(year, codes, due):
    """Return the papers by municipality and kind; 県入力 only where the system has none of the kind."""
    submitted = Progress.objects.filter(submitted_on__isnull=False, **year).order_by()
    entered = OfficerEntry.objects.filter(**year).order_by().values_list(*OF_ENTRY)
    rows = sorted(submitted.values_list(*OF_PAPER).union(entered, all=True), key=itemgetter(2))
    found = defaultdict(list)
    for row in (row for row in rows if row[2] != ENTERED):
        one = Progress(fiscal_year=year["fiscal_year"], **dict(zip(OF_PAPER, row, strict=True)))
        found[one.municipality_id, one.kind].append(paper_from(one, codes[one.municipality_id]))
    for place, kind, _, status, submitted_on, *_ in (row for row in rows if row[2] == ENTERED):
        if not found[place, kind]:
            late = is_late(submitted_on, due.get(kind))
            paper = Paper(ReportKind(kind), ReportStatus(status), submitted_on, is_late=late)
            found[place, kind] = [paper]
    return found


def is_late(submitted_on: dt.date | None, due_on: dt.date | None) -> bool:
    """Say whether what an officer entered came after its date; a report in the system knows it itself."""
    return bool(submitted_on and due_on and submitted_on > due_on)


def paper_from(one: Progress, code: str) -> Paper:
    """Return a submitted report of the municipality with this code."""
    return Paper(
        kind=ReportKind(one.kind),
        status=ReportStatus(one.status),
        submitted_on=one.submitted_on,
        serial=one.serial,
        is_late=one.is_late,
        accepted_on=one.accepted_on,
        number=ReportNumber(code, one.fiscal_year, one.kind, one.serial),
    )
