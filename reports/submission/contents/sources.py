"""What a box of text can be begun with: earlier texts, the records of the meetings, 課題整理表."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logicmodels.models import Issue
from municipalities.japanese import fiscal
from reports.choices import StepKind, TextSection
from reports.models import AdviceItem, ReportText, Snapshot, SupportStep

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import ProgressReport

BULLET = "・"
# A line that begins with a sign of its own keeps it.
OWN_SIGNS = "・●○◎■□◆◇※＊*•-－–—→⇒①②③④⑤⑥⑦⑧⑨⑩"
# The meetings that a box tells of: their lines are shown at once.
NEAR = {
    TextSection.CONSULTATION_1: (StepKind.PRE_MEETING_1,),
    TextSection.CONSULTATION_2: (StepKind.PRE_MEETING_2,),
    TextSection.INTERIM: (StepKind.INTERIM_1, StepKind.INTERIM_2),
    TextSection.FINAL: (StepKind.FINAL,),
    TextSection.ACHIEVEMENTS: (StepKind.FINAL,),
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text of the same box from elsewhere; `code` names it in the form."""

    code: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines to choose from, under their heading. `is_near`: they are what the box tells of."""

    title: str
    lines: tuple[str, ...]
    is_near: bool


def earlier_texts(report: ProgressReport, box: TextSection) -> tuple[Earlier, ...]:
    """Return last year's text and what was submitted last, where there is any."""
    found = (_of_last_year(report, box), _submitted(report, box))
    return tuple(one for one in found if one and one.text)


def _of_last_year(report: ProgressReport, box: TextSection) -> Earlier | None:
    year = report.cycle.fiscal_year - 1
    row = ReportText.objects.filter(cycle__fiscal_year=year, section=box).first()
    if row is None:
        return None
    return Earlier("last-year", f"前の年度、{fiscal.label(year)}の文", row.text)


def _submitted(report: ProgressReport, box: TextSection) -> Earlier | None:
    """Return the box as it stands in the newest version that was submitted in this year."""
    versions = Snapshot.objects.filter(report__cycle=report.cycle).select_related("report")
    newest = versions.order_by("-made_at", "-pk").first()
    if newest is None:
        return None
    rows = json.loads(bytes(newest.document)).get("report_texts", ())
    text = next((row["text"] for row in rows if row["section"] == box), "")
    return Earlier("submitted", f"前に提出した{newest.report.title}の文", text)


def issue_lines(report: ProgressReport, box: TextSection) -> tuple[Lines, ...]:
    """Return the lines of 課題整理表, for the box that tells of them."""
    if box is not TextSection.SITUATION:
        return ()
    rows = Issue.objects.filter(cycle=report.cycle).order_by("position", "pk")
    lines = _lines(*(text for row in rows for text in (row.text, row.current_state)))
    return (Lines("課題と現状", lines, is_near=True),) if lines else ()


def minutes(report: ProgressReport, box: TextSection) -> tuple[Lines, ...]:
    """Return the lines of the steps up to the report's; the comment on the indicators has none."""
    if box is TextSection.INDICATOR_COMMENT:
        return ()
    steps = SupportStep.objects.filter(cycle=report.cycle)
    if report.step:
        steps = steps.filter(position__lte=report.step.position)
    advice: dict[int, list[str]] = {}
    for item in AdviceItem.objects.filter(step__in=steps):
        advice.setdefault(item.step_id, []).append(item.text)
    found = (
        Lines(title, lines, step.kind in NEAR.get(box, ()))
        for step in steps
        for title, lines in (
            (f"{step}の{step.situation_label}", _lines(step.situation)),
            (f"{step}のアドバイス等", _lines(*advice.get(step.pk, ()))),
        )
    )
    return tuple(one for one in found if one.lines)


def _lines(*texts: str) -> tuple[str, ...]:
    stripped = (line.strip() for text in texts for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in stripped if line))


def with_lines(text: str, lines: Iterable[str]) -> str:
    """Return a text with further lines at its end, each with a sign; what stands there already is not repeated."""
    there = set(text.split("\n"))
    signed = (line if line[0] in OWN_SIGNS else f"{BULLET}{line}" for line in lines if line)
    new = [line for line in dict.fromkeys(signed) if line not in there]
    return "\n".join(filter(None, (text.rstrip("\n"), *new)))
