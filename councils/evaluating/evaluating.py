"""評価 of a year, scene by scene: each outcome, activity and working group with its facts and judgements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from councils.evaluating import evaluated, fact_sentences, settling
from councils.evaluating.evaluated import SCENES, Subject, label_of
from councils.evaluating.fact_sentences import Done, Held
from councils.models import Decision, Evaluation, Improvement, Judgement
from councils.models.evaluations import EVALUATED, IMPROVED
from indicators.followed import evaluation_sheet
from logicmodels.models import ActivityResult, Milestone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from councils.evaluating.settling import Improved, Judged, Meetings
    from indicators.followed.evaluation_sheet import Row
    from municipalities.choices import Scene
    from municipalities.models import Cycle

# Column and primary key of a subject.
Place = tuple[str, int]
SUBJECTS = ("outcome__logic_model", "activity", "council")
# What an indicator is called stands in its definition.
DEFINED = ("indicator__definition", "indicator__own_definition")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing with all that is said of it. `draft` is what the numbers say today, empty without any."""

    subject: Subject
    numbers: tuple[Row, ...]
    draft: str
    evaluation: Evaluation | None
    judgements: tuple[Judged, ...]
    improvements: tuple[Improved, ...]
    # Of the indicators that stand at an outcome.
    of_indicators: tuple[Improved, ...] = ()

    @property
    def is_told(self) -> bool:
        """Say whether there is anything to show of it: numbers, or what people wrote."""
        return bool(self.numbers or self.evaluation or self.judgements or self.improved)

    @property
    def improved(self) -> tuple[Improved, ...]:
        return (*self.improvements, *self.of_indicators)

    @property
    def is_judged(self) -> bool:
        return any(one.is_settled for one in self.judgements)


@dataclass(frozen=True, slots=True)
class SceneCases:
    """A scene with what is evaluated in it."""

    scene: Scene
    cases: tuple[Case, ...]

    @property
    def label(self) -> str:
        return label_of(self.scene)

    @property
    def groups(self) -> Iterator[tuple[str, tuple[Case, ...], tuple[Case, ...]]]:
        """Yield the cases by kind (成果, 取組, 協議体・WG): those of which anything is told, and the rest."""
        for column in EVALUATED:
            found = [one for one in self.cases if one.subject.column == column]
            told = tuple(one for one in found if one.is_told)
            silent = tuple(one for one in found if not one.is_told)
            if found:
                yield evaluated.LABELS[column], told, silent


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the year's evaluation is."""

    subjects: int
    written: int
    drafted: int
    judged: int
    draftable: int


def of(cycle: Cycle, *, scene: Scene | None = None) -> tuple[SceneCases, ...]:
    """Return the scenes that have anything to evaluate, in fifteen queries however many rows."""
    return tuple(one for one in by_scene(cases_of(cycle)) if scene in {None, one.scene})


def for_sheet(cycle: Cycle, *, is_for_outside: bool) -> list[Case]:
    """Return the cases without what the numbers would say, in three queries less.

    For people outside the house numbers are hidden by the disclosure rules, in one query more.
    """
    numbers = numbers_of(cycle, is_for_outside=is_for_outside)
    return _cases(cycle, settling.meetings_of(cycle), numbers, is_drafting=False)


def cases_of(cycle: Cycle) -> list[Case]:
    """Return every outcome, activity and working group of the year, and what else has an evaluation."""
    return _cases(cycle, settling.meetings_of(cycle), numbers_of(cycle), is_drafting=True)


def by_scene(cases: Sequence[Case]) -> tuple[SceneCases, ...]:
    found = (
        SceneCases(one, tuple(case for case in cases if case.subject.scene is one))
        for one in SCENES
    )
    return tuple(one for one in found if one.cases)


def _cases(
    cycle: Cycle, meetings: Meetings, numbers: dict[int, tuple[Row, ...]], *, is_drafting: bool
) -> list[Case]:
    said = said_of(cycle, meetings)
    found = []
    for column in EVALUATED:
        rows = [
            row
            for row in evaluated.rows_of(column, cycle)
            if evaluated.is_asked(column, row) or said.has((column, row.pk))
        ]
        drafts = drafts_of(column, rows, cycle, numbers, meetings) if is_drafting else {}
        for row in rows:
            place = (column, row.pk)
            lines = numbers.get(row.pk, ()) if column == "outcome" else ()
            found.append(
                Case(
                    evaluated.subject(column, row, cycle),
                    lines,
                    drafts.get(row.pk, ""),
                    said.evaluations.get(place),
                    tuple(said.judgements[place]),
                    tuple(said.improvements[place]),
                    tuple(said.of_indicators(lines)),
                )
            )
    return found


def counts(scenes: Iterable[SceneCases]) -> Counts:
    cases = [case for one in scenes for case in one.cases]
    told = [case.evaluation for case in cases if case.evaluation]
    drafted = sum(one.is_drafted for one in told)
    return Counts(
        subjects=len(cases),
        written=len(told) - drafted,
        drafted=drafted,
        judged=sum(case.is_judged for case in cases),
        draftable=sum(is_draftable(case) for case in cases),
    )


def is_draftable(case: Case) -> bool:
    """Say whether a press would write something: a first draft, or a newer one over a draft that nobody touched."""
    if not case.draft:
        return False
    if case.evaluation is None:
        return True
    return case.evaluation.is_drafted and case.evaluation.text != case.draft


@dataclass(frozen=True, slots=True)
class Said:
    """What people have written about the year's things, by what it is about."""

    evaluations: dict[Place, Evaluation]
    judgements: dict[Place, list[Judged]]
    improvements: dict[Place, list[Improved]]

    def has(self, place: Place) -> bool:
        return place in self.evaluations or bool(self.improvements[place])

    def of_indicators(self, lines: Iterable[Row]) -> Iterator[Improved]:
        """Yield what is to become of the indicators in these lines."""
        for one in lines:
            yield from self.improvements["indicator", one.line.indicator.pk]


def said_of(cycle: Cycle, meetings: Meetings, *, improvements: bool = True) -> Said:
    """Return all that is written, in three queries; without `improvements` in two."""
    rows = Evaluation.objects.filter(cycle=cycle).select_related(*SUBJECTS).order_by("pk")
    evaluations = {place_of(one): one for one in rows}
    places = {one.pk: place for place, one in evaluations.items()}
    judgements: dict[Place, list[Judged]] = defaultdict(list)
    for row in Judgement.objects.filter(cycle=cycle).order_by("position", "pk"):
        judgements[places[row.evaluation_id]].append(settling.judged(row, meetings, cycle))
    changes: dict[Place, list[Improved]] = defaultdict(list)
    for change in improvements_of(cycle) if improvements else ():
        changes[place_of(change)].append(settling.improved(change, meetings, cycle))
    return Said(evaluations, judgements, changes)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one thing, in brief."""

    subject: Subject
    evaluation: Evaluation | None
    judgements: tuple[Judged, ...]
    improvements: tuple[Improved, ...]

    @property
    def scene(self) -> Scene:
        return self.subject.scene


def told_of(cycle: Cycle, meetings: Meetings, *, improvements: bool = True) -> list[Told]:
    """Return what is said of each thing of the year of which anything is, in three queries.

    Without `improvements` in two.
    """
    said = said_of(cycle, meetings, improvements=improvements)
    rows: dict[Place, Any] = {place: one.subject for place, one in said.evaluations.items()}
    for place, changes in said.improvements.items():
        rows[place] = changes[0].row.subject
    order = sorted(rows, key=lambda place: (IMPROVED.index(place[0]), place[1]))
    return [
        Told(
            evaluated.subject(place[0], rows[place], cycle),
            said.evaluations.get(place),
            tuple(said.judgements[place]),
            tuple(said.improvements[place]),
        )
        for place in order
    ]


def improvements_of(cycle: Cycle) -> list[Improvement]:
    rows = Improvement.objects.filter(cycle=cycle).select_related("decision", "judgement")
    return list(rows.select_related("merged_into", *SUBJECTS, *DEFINED).order_by("position", "pk"))


def place_of(about: Any) -> Place:
    return about.column, getattr(about, f"{about.column}_id")


def numbers_of(cycle: Cycle, *, is_for_outside: bool = False) -> dict[int, tuple[Row, ...]]:
    """Return the lines of the indicators at each outcome, by its primary key."""
    parts = evaluation_sheet.of(cycle, is_for_outside=is_for_outside)
    return {block.outcome_pk: block.rows for part in parts for block in part.blocks}


def drafts_of(
    column: str,
    rows: list[Any],
    cycle: Cycle,
    numbers: dict[int, tuple[Row, ...]],
    meetings: Meetings,
) -> dict[int, str]:
    """Return what the numbers say of each row, by primary key, in at most two queries."""
    if column == "outcome":
        return {
            pk: fact_sentences.of_outcome(
                [(str(one.line.indicator), one.line.evaluation) for one in lines]
            )
            for pk, lines in numbers.items()
        }
    if column == "activity":
        return activity_drafts(rows, cycle)
    return council_drafts(rows, cycle, meetings)


def activity_drafts(rows: list[Any], cycle: Cycle) -> dict[int, str]:
    results: dict[int, list[Done]] = defaultdict(list)
    for one in ActivityResult.objects.filter(cycle=cycle).order_by("held_on", "pk"):
        results[one.activity_id].append(Done(one.held_on, one.text, one.participants, one.when))
    reached: dict[int, list[bool]] = defaultdict(list)
    for mile in Milestone.objects.filter(cycle=cycle).order_by("pk"):
        reached[mile.activity_id].append(mile.is_reached)
    return {
        row.pk: fact_sentences.of_activity(
            row.get_status_display(),
            results[row.pk],
            (sum(reached[row.pk]), len(reached[row.pk])),
        )
        for row in rows
    }


def council_drafts(rows: list[Any], cycle: Cycle, meetings: Meetings) -> dict[int, str]:
    decided: dict[int, int] = defaultdict(int)
    for pk in Decision.objects.filter(cycle=cycle).values_list("meeting_id", flat=True):
        decided[pk] += 1
    today = settling.timezone.localdate()
    held: dict[int, list[Held]] = defaultdict(list)
    for one in meetings.values():
        if one.fiscal_year == cycle.fiscal_year and settling.is_held(one, today=today):
            label = f"第{one.number}回" if one.number is not None else one.title or "会議"
            held[one.council_id].append(Held(label, one.held_on, decided[one.pk]))
    return {row.pk: fact_sentences.of_council(held[row.pk], row.times) for row in rows}
