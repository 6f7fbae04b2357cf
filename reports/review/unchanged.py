"""A hint for the adviser: what of a plan is word for word last year's, and nobody said that it was looked at.

Read from two frozen documents, never from live rows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reports.choices import CarriedPart
from reports.document.upgrading import upgraded
from reports.models import Snapshot

if TYPE_CHECKING:
    from reports.models import ProgressReport

# Where a row stands, who may read it, and what of a year never was the plan.
NO_PLAN = frozenset(
    {"position", "audience", "status", "budget", "settled", "results", "milestones", "targets"}
)


def hint(report: ProgressReport, document: dict[str, Any]) -> str:
    """Return one sentence on what is the same as in last year's newest report; empty where nothing is. One query."""
    year = report.cycle.fiscal_year - 1
    earlier = Snapshot.objects.filter(report__cycle__fiscal_year=year).order_by("pk").last()
    if earlier is None:
        return ""
    return sentence(document, upgraded(json.loads(bytes(earlier.document))))


def sentence(document: dict[str, Any], earlier: dict[str, Any]) -> str:
    """Return the numbers of rows by kind in words."""
    counts = [(part.label, len(same(document, earlier, part))) for part in CarriedPart]
    told = "、".join(f"{label}{count}件" for label, count in counts if count)
    if not told:
        return ""
    return f"前年度の報告書と同じ内容で、見直したとの確認がない行があります（{told}）。"


def same(document: dict[str, Any], earlier: dict[str, Any], part: CarriedPart) -> list[str]:
    """Return the keys of the rows that are last year's and were not confirmed."""
    confirmed = {
        row["row_key"]
        for row in document.get("carried", ())
        if row["part"] == part and row["is_unchanged"]
    }
    before = {row["key"]: _plan(row) for row in earlier.get(part.value, ())}
    return [
        row["key"]
        for row in document.get(part.value, ())
        if row["key"] not in confirmed
        and row.get("text") != ""
        and before.get(row["key"]) == _plan(row)
    ]


def _plan(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in NO_PLAN}
