"""The year's improvements, and the trace of each in the plan of the year after: by the key that April keeps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from councils.choices import ImprovementKind
from councils.evaluating import evaluated, settling
from councils.evaluating.evaluating import DEFINED, SUBJECTS
from councils.improving import claiming
from councils.models import Improvement
from indicators.followed.following import target_in_words
from indicators.models import Target
from municipalities.japanese import fiscal
from municipalities.kernel import changes
from municipalities.models import Cycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from councils.evaluating.evaluated import Subject
    from councils.evaluating.settling import Improved

# Targets in words, by indicator and year.
Aims = dict[int, dict[int, str]]
CHANGED = "次年度の計画で、次のとおり変わっています（この決定によるものか確かめてください）"
LATER = "次年度の準備で反映されます"
ENDURES = "年度をまたいで使います。会議体のページで直します"
# What makes the plan of a row; its place in a list is nobody's decision, and its status begins anew with each year.
TOLD = {
    "activity": (
        "name",
        "scene",
        "description",
        "target_group",
        "work_item",
        "execution",
        "period",
        "frequency",
        "times_min",
        "times_max",
        "budget",
    ),
    "outcome": ("text", "level", "scene"),
    "indicator": ("note", "baseline_year"),
}
# Left empty by April: only what was filled in since is a change.
BEGUN_ANEW = frozenset({"budget"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that the next year's row holds otherwise."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What has become of an improvement: in words, with the row of the next year and what differs in it."""

    words: str
    year: str = ""
    row: Subject | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One improvement as its list shows it."""

    improved: Improved
    subject: Subject
    trace: Trace

    @property
    def row(self) -> Improvement:
        return self.improved.row


@dataclass(frozen=True, slots=True)
class Year:
    """The improvements of a year, and the year after it where it is open."""

    decided: tuple[Entry, ...]
    proposed: tuple[Entry, ...]
    following: Cycle | None

    @property
    def every(self) -> tuple[Entry, ...]:
        return (*self.decided, *self.proposed)


def of(cycle: Cycle) -> Year:
    """Return the year's improvements in their order, in at most ten queries."""
    rows = Improvement.objects.filter(cycle=cycle).select_related(
        *SUBJECTS, *DEFINED, "merged_into", "judgement", "decision"
    )
    meetings = settling.meetings_of(cycle)
    following = Cycle.objects.filter(fiscal_year=cycle.fiscal_year + 1).first()
    if following is not None:
        following.municipality = cycle.municipality
    later = rows_of(following)
    aims = targets_of(cycle, following)
    stored = list(rows.order_by("position", "pk"))
    moments = claiming.moments(stored, cycle, following)
    found = [
        Entry(
            one,
            evaluated.subject_of(one.row, cycle),
            trace_of(one.row, following, later, aims, is_earlier=moments.is_earlier(one)),
        )
        for one in (settling.improved(row, meetings, cycle) for row in stored)
    ]
    return Year(
        tuple(one for one in found if one.improved.is_settled),
        tuple(one for one in found if not one.improved.is_settled),
        following,
    )


def rows_of(cycle: Cycle | None) -> dict[tuple[str, str], Any]:
    """Return outcomes, activities and indicators of a year by column and key, in three queries."""
    if cycle is None:
        return {}
    return {
        (column, row.key): row
        for column in ("outcome", "activity", "indicator")
        for row in evaluated.rows_of(column, cycle)
    }


def targets_of(*cycles: Cycle | None) -> Aims:
    """Return the targets of both years' indicators in words, in one query: indicator → year → 「60％」."""
    found: Aims = defaultdict(dict)
    rows = Target.objects.filter(cycle__in=[one for one in cycles if one])
    named = rows.select_related("indicator__definition", "indicator__own_definition")
    for row in named.order_by("fiscal_year"):
        words = target_in_words(row.indicator.defined_by, row)
        found[row.indicator_id][row.fiscal_year] = words
    return found


def trace_of(
    row: Improvement,
    following: Cycle | None,
    later: Mapping[tuple[str, str], Any],
    aims: Aims,
    *,
    is_earlier: bool = False,
) -> Trace:
    """Return what has become of an improvement: its row of the next year, found by the same key."""
    if row.column == "council":
        return Trace(ENDURES)
    if following is None:
        return Trace(LATER)
    found = later.get((row.column, row.subject.key))
    if found is None:
        return Trace(absent(row), following.label)
    subject = evaluated.subject(row.column, found, following)
    differences = differing(row.column, row.subject, found)
    if row.column == "indicator":
        differences += aimed_otherwise(aims[row.subject.pk], aims[found.pk], following)
    return Trace(
        present(row, differences, is_earlier=is_earlier), following.label, subject, differences
    )


def absent(row: Improvement) -> str:
    if row.kind == ImprovementKind.MERGE:
        return f"次年度の計画では「{row.merged_into}」にまとまっています"
    if row.kind == ImprovementKind.END:
        return "次年度の計画にはありません"
    return "次年度の計画に、まだありません"


def present(
    row: Improvement, differences: tuple[Difference, ...], *, is_earlier: bool = False
) -> str:
    """Say what the next year's row shows of what was to become of it.

    Whether a change is this improvement's doing people say; one that `is_earlier` than it is not.
    """
    if row.kind in {ImprovementKind.MERGE, ImprovementKind.END}:
        return "次年度の計画に、まだ残っています"
    if differences and row.kind == ImprovementKind.CONTINUE:
        return "次年度の計画に、続けてあります。次のところを直しています"
    if differences and is_earlier:
        return "次年度の計画で、次のとおり変わっていますが、この決定より前の変更です"
    if differences:
        return CHANGED
    if row.kind == ImprovementKind.CONTINUE:
        return "次年度の計画に、同じ内容であります"
    return "次年度の計画では、まだ変わっていません"


def differing(column: str, row: Any, later: Any) -> tuple[Difference, ...]:
    """Return the columns in which two years' rows differ, in words."""
    pairs = (
        (changes.label_of(row, name), words_of(row, name), words_of(later, name))
        for name in TOLD[column]
        if name not in BEGUN_ANEW or words_of(later, name)
    )
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def aimed_otherwise(
    before: Mapping[int, str], after: Mapping[int, str], following: Cycle
) -> tuple[Difference, ...]:
    """Return the targets that differ; those of years gone by stay behind, and are no change."""
    years = sorted(year for year in {*before, *after} if year >= following.fiscal_year)
    pairs = ((fiscal.label(year), before.get(year, ""), after.get(year, "")) for year in years)
    return tuple(Difference(f"目標（{year}）", old, new) for year, old, new in pairs if old != new)


def words_of(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return "" if value is None else str(value)
