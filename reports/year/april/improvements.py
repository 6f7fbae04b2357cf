"""What 改善の決定 mean for the next year's rows, and which of them are still 案."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from councils.evaluating import evaluating, settling
from councils.improving import claiming
from logicmodels.models import Activity
from reports.choices import CarriedPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from councils.improving.claiming import Moments
    from municipalities.models import Cycle
    from reports.year.april.taken_over import Group, Line

NAME = "improvements"
END, MERGE = "end", "merge"
LEAVING = (END, MERGE)
MENDING = ("expand", "change")
PROPOSED = (
    "まだ会議で決まっていないため、いまの計画のままです。決まったら、決めた会議を選んでください"
)
SUBJECTS = ("activity", "outcome", "indicator", "council")


@dataclass(frozen=True, slots=True)
class Improved:
    """A decision as it concerns next year: about what, in which words, and what April does with it."""

    kind: str
    kind_label: str
    subject: str
    what: str
    why: str
    since: str
    activity_key: str
    merged_into: str
    # The row of the new year as its page shows it, of what has one there: same, changed, gone.
    line: Line | None = None
    # Settled by a meeting that was held; until then it is 案, and asks nothing of the new year.
    is_settled: bool = True
    # The new year's row was last changed before this was decided.
    is_earlier: bool = False

    @property
    def is_leaving(self) -> bool:
        """Say whether an activity is not to go over."""
        return self.is_settled and self.kind in LEAVING and bool(self.activity_key)

    @property
    def is_to_mend(self) -> bool:
        """Say whether something is to be changed in the new year, and has not been."""
        if not self.is_settled:
            return False
        if self.line is not None:
            return self.is_awaited
        return self.kind in MENDING or (self.kind in LEAVING and not self.activity_key)

    @property
    def is_awaited(self) -> bool:
        """Say whether the new year's row is not yet what was decided."""
        if self.line is None or self.kind not in (*MENDING, *LEAVING):
            return False
        if self.kind in LEAVING:
            return not self.line.is_gone
        return self.line.is_gone or self.line.is_unchanged or self.is_earlier

    @property
    def found(self) -> str:
        """Return what the new year's row shows of it, in a sentence's end."""
        if self.line is None or (self.line.is_gone and self.is_leaving):
            return ""
        if self.line.is_gone:
            return "計画に、まだありません" if self.kind not in LEAVING else "計画にはありません"
        if self.kind in LEAVING:
            return "計画に、まだ残っています"
        if self.line.is_unchanged:
            return "まだ変わっていません" if self.kind in MENDING else "同じ内容であります"
        return self.changed

    @property
    def changed(self) -> str:
        """Return what is said of a row that is not what it was."""
        if self.kind not in MENDING:
            return "続けてあります（前年度から直したところがあります）"
        if self.is_earlier:
            return "変わっていますが、この決定より前の変更です"
        return "変わっています（この決定によるものか確かめてください）"

    @property
    def consequence(self) -> str:
        """Return what becomes of it, in a sentence's end."""
        if not self.is_settled:
            return PROPOSED
        if self.found:
            return self.found
        if self.is_leaving and self.kind == MERGE:
            return f"引き継ぎません。配置は「{self.merged_into}」へ移します"
        if self.is_leaving:
            return "引き継ぎません"
        return "引き継いだ後に直します" if self.is_to_mend else "引き継ぎます"


def of(cycle: Cycle, groups: Iterable[Group] = ()) -> list[Improved]:
    """Return the year's decisions and proposals in their order.

    `groups` are the rows of the new year beside this one, where there is one. In two queries,
    with them in three.
    """
    lines = {(group.part.value, line.key): line for group in groups for line in group.lines}
    meetings = settling.meetings_of(cycle)
    settled = [settling.improved(row, meetings, cycle) for row in evaluating.improvements_of(cycle)]
    following = next_cycle(cycle) if lines else None
    moments = claiming.moments((one.row for one in settled), cycle, following)
    return [_improved(one, lines, moments) for one in settled]


def next_cycle(cycle: Cycle) -> Cycle:
    """Return the year after, as far as its changes are asked for by its number."""
    return type(cycle)(fiscal_year=cycle.fiscal_year + 1)


def _improved(
    found: settling.Improved, lines: Mapping[tuple[str, str], Line], moments: Moments
) -> Improved:
    row = found.row
    subject = next((getattr(row, name) for name in SUBJECTS if getattr(row, name)), "")
    return Improved(
        kind=row.kind,
        kind_label=row.get_kind_display(),
        subject=str(subject),
        what=row.what,
        why=row.why,
        since=row.since,
        activity_key=row.activity.key if row.activity else "",
        merged_into=str(row.merged_into or ""),
        line=_line_of(row, lines),
        is_settled=found.is_settled,
        is_earlier=moments.is_earlier(found),
    )


def _line_of(row: Any, lines: Mapping[tuple[str, str], Line]) -> Line | None:
    """Return the line of what is decided on: only activities and indicators are shown line by line."""
    if row.activity:
        return lines.get((CarriedPart.ACTIVITIES.value, row.activity.key))
    if row.indicator:
        return lines.get((CarriedPart.INDICATORS.value, row.indicator.key))
    return None


def merged(stored: dict[str, list[Any]]) -> dict[tuple[str, str], str]:
    """Return into which activity others were merged, by table and key, from the stored rows of a year."""
    return {
        (Activity._meta.label_lower, row.activity.key): row.merged_into.key
        for row in stored.get(NAME, ())
        if row.kind == MERGE and row.activity and row.merged_into
    }
