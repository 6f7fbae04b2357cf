"""最近の決定: what meetings decided, what is to be changed, and which findings were waived with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councils.evaluating import evaluated, settling
from councils.evaluating.evaluating import DEFINED, SUBJECTS
from councils.models import Decision, Improvement
from municipalities.japanese import dates
from reports.models import Waiver
from reports.year.handover.open_ends import Group, Line, short

if TYPE_CHECKING:
    from councils.models import Meeting
    from municipalities.models import Cycle

MOST_DECISIONS = 20


def of(cycle: Cycle, meetings: list[Meeting]) -> tuple[Group, ...]:
    """Return the lists that have something, each in one query; `meetings` are those read for the paper."""
    groups = (
        Group("会議の決定事項", _decisions(cycle, meetings)),
        Group("改善の決定", _improvements(cycle, meetings)),
        Group("理由を付けて見送った気づき（点検）", _waived(cycle)),
    )
    return tuple(one for one in groups if one.lines)


def _decisions(cycle: Cycle, meetings: list[Meeting]) -> tuple[Line, ...]:
    """Return what was decided this year and last, newest first; a meeting that is not read here stays unnamed."""
    known = {one.pk: one for one in meetings}
    years = (cycle.fiscal_year - 1, cycle.fiscal_year)
    rows = Decision.objects.filter(cycle__fiscal_year__in=years)
    return tuple(
        Line(
            short(row.text),
            _meeting_in_words(known.get(row.meeting_id)),
            row.get_kind_display(),
        )
        for row in rows.order_by("-cycle__fiscal_year", "-pk")[:MOST_DECISIONS]
    )


def _meeting_in_words(meeting: Meeting | None) -> str:
    return settling.named(meeting) if meeting else ""


def _improvements(cycle: Cycle, meetings: list[Meeting]) -> tuple[Line, ...]:
    """Return every change of the year, settled or 案: who comes carries it out, or brings it to a meeting.

    It may be settled by a meeting of the year after, which is looked up only where it is needed.
    """
    rows = Improvement.objects.filter(cycle=cycle).select_related(
        *SUBJECTS, *DEFINED, "merged_into", "judgement", "decision"
    )
    found = list(rows.order_by("position", "pk"))
    known = {one.pk: one for one in meetings}
    named = [(row.decision or row.judgement) for row in found]
    if any(one and one.meeting_id and one.meeting_id not in known for one in named):
        known |= settling.meetings_of(cycle)
    return tuple(_improvement(row, known, cycle) for row in found)


def _improvement(row: Improvement, meetings: settling.Meetings, cycle: Cycle) -> Line:
    told = settling.improved(row, meetings, cycle)
    subject = evaluated.subject_of(row, cycle)
    into = f"（{row.merged_into}へ）" if row.merged_into else ""
    about = (
        ("時期", row.since),
        ("理由", short(row.why)),
        ("決めた場", told.place.in_words if told.place else "まだ決まっていません"),
    )
    return Line(
        f"{row.get_kind_display()}　{subject.kind}「{subject.name}」：{short(row.what)}{into}",
        "　".join(f"{name}：{text}" for name, text in about if text),
        told.state,
        cycle.url("councils:improvement_list"),
    )


def _waived(cycle: Cycle) -> tuple[Line, ...]:
    page = f"{cycle.url('reports:findings')}#waived"
    rows = Waiver.objects.filter(cycle=cycle).select_related("waived_by").order_by("rule", "pk")
    return tuple(
        Line(
            short(row.label) or f"点検の番号 {row.rule}",
            f"理由：{row.reason}{_when(row)}",
            "見送り",
            page,
        )
        for row in rows
    )


def _when(row: Waiver) -> str:
    told = (dates.in_wareki(row.waived_on) if row.waived_on else "", str(row.waived_by or ""))
    words = "　".join(filter(None, told))
    return f"（{words}）" if words else ""
