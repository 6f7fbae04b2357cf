"""Submitted means frozen: the document of a report as bytes, and the year read from them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from indicators.figures.profile_figures import lines_of_the_form
from indicators.rules.reading import definition_rows
from municipalities.rows.rows import ADVISERS_READ
from reports.choices import ApprovalState, ReportKind, ReportStatus
from reports.document import assembly, beside, context, weak
from reports.document.findings import telling
from reports.document.reading import gather, numbers
from reports.models import ProgressReport, Snapshot

if TYPE_CHECKING:
    import datetime as dt

    from indicators.models import Definition
    from municipalities.kernel.changes import Versioned
    from municipalities.models import Cycle
    from reports.document.year_review import YearReview
    from reports.models import SupportStep

# The head of a year of which no paper has been made: it carries no number, no day and goes to nobody.
NO_REPORT: dict[str, Any] = {
    "number": "",
    "version": 1,
    "kind": ReportKind.INTERIM,
    "kind_label": "作成中の内容",
    "step_label": "",
    "status_label": "提出前",
    "submitted_on": None,
    "recipients": [],
}


def report_document(
    report: ProgressReport,
    *,
    submitted_at: dt.datetime | None,
    status: ReportStatus,
    stored: dict[str, list[Versioned]] | None = None,
) -> dict[str, Any]:
    """Return the year's document together with what this report says of itself.

    Names, units and digits of what is printed are in it: definitions may change later, a submitted
    paper may not.
    """
    document = content_of(report, stored=stored)
    return document | {"report": _head(report, submitted_at=submitted_at, status=status)}


def content_of(
    report: ProgressReport, *, stored: dict[str, list[Versioned]] | None = None
) -> dict[str, Any]:
    """Return what a report shows of its year, without its head: this is what superiors approve."""
    return content_of_year(report.cycle, until=report.step, stored=stored)


def content_of_year(
    cycle: Cycle,
    *,
    until: SupportStep | None = None,
    stored: dict[str, list[Versioned]] | None = None,
    is_whole: bool = True,
) -> dict[str, Any]:
    """Return what of a year may leave the house, up to a step of its support, with all that is printed of it.

    Unless it `is_whole`, nothing of other towns or of the prefecture is asked for beside it.
    """
    stored = stored or assembly.stored_rows(cycle)
    document = assembly.assemble(cycle, for_report=True, stored=stored)
    shown = document | {"support_steps": _until(until, document["support_steps"])}
    national = context.known_definitions(document)
    known = context.definitions(document, national)
    return shown | {
        "figures": _figures(document["measurements"], national),
        "definitions": known,
        "shared": beside.shared(cycle) if is_whole else {},
        "prefecture_posts": beside.prefecture_posts(cycle) if is_whole else [],
        "context": {
            "statistics": context.statistics(cycle, known) if is_whole else [],
            **context.later_meetings(stored["judgements"]),
        },
        "to_come": [
            *weak.points(shown),
            *telling.points(shown, definition_rows(shown, national=national)),
        ],
    }


def year_document(
    cycle: Cycle, *, stored: dict[str, list[Versioned]] | None = None
) -> dict[str, Any]:
    """Return what a report of the whole year would show now, of a year that need not have one.

    With `stored` it tells of these rows alone, and of nothing of other towns or the prefecture.
    """
    content = content_of_year(cycle, stored=stored, is_whole=stored is None)
    return content | {"report": NO_REPORT}


def _head(
    report: ProgressReport, *, submitted_at: dt.datetime | None, status: ReportStatus
) -> dict[str, Any]:
    submitted_on = timezone.localdate(submitted_at).isoformat() if submitted_at else None
    approvals = report.approvals.filter(state=ApprovalState.APPROVED).select_related("approver")
    return {
        "number": str(report.number),
        "version": next_version(report),
        "kind": report.kind,
        "kind_label": _numbered(report),
        "serial": report.serial,
        "status_label": str(status.label),
        "step": report.step.key if report.step else None,
        "step_label": report.step.name_for(ADVISERS_READ) if report.step else "",
        "submitted_on": submitted_on,
        "recipients": _recipients(report),
        "approvals": [
            {
                "who": str(one.approver),
                "approved_on": timezone.localdate(one.decided_at).isoformat(),
            }
            for one in approvals
        ],
    }


def _recipients(report: ProgressReport) -> list[str]:
    """Return to whom a report goes: who was chosen, and with them the prefecture, which always gets a copy."""
    chosen = [str(recipient.user) for recipient in report.recipients.select_related("user")]
    goes_out = bool(chosen) or report.is_for_prefecture_alone
    return [*chosen, f"{report.cycle.municipality.prefecture}（写し）"] if goes_out else []


def next_version(report: ProgressReport) -> int:
    """Return the number of the version that a submission now would make."""
    newest = report.snapshot
    return newest.version + 1 if newest else 1


def _numbered(report: ProgressReport) -> str:
    """Return 「中間報告」, from the second of a year on 「中間報告（2回目）」."""
    label = report.get_kind_display()
    return label if report.serial == 1 else f"{label}（{report.serial}回目）"


def _until(step: SupportStep | None, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the steps up to the one that is reported; what comes after is not yet to be told."""
    if step is None:
        return rows
    return [row for row in rows if row["position"] <= step.position]


def _figures(
    measurements: list[dict[str, Any]], national: list[Definition]
) -> list[dict[str, Any]]:
    """Return the figures of the form in its order, each with the value in the document that stands for the newest year."""
    definitions = [definition for definition in national if definition.in_profile]
    codes = {definition.code for definition in definitions}
    asked = [row for row in measurements if row["indicator"] in codes]
    rows = {row["key"]: row for row in asked}
    latest = {
        code: rows[values[max(values)].key]
        for code, values in numbers.values({"measurements": asked}).items()
    }
    return [
        _figure(definition, latest.get(definition.code))
        for definition in lines_of_the_form(definitions, entered=set(latest))
    ]


def _figure(definition: Definition, row: dict[str, Any] | None) -> dict[str, Any]:
    known = row or {"value": None, "state": "not_entered", "fiscal_year": None}
    return {
        "code": definition.code,
        "name": definition.name,
        "unit": definition.unit,
        "decimals": definition.decimals,
        "value": known["value"],
        "state": known["state"],
        "fiscal_year": known["fiscal_year"],
        "as_of": known.get("as_of"),
        "source": known.get("source", ""),
        "note": known.get("note", ""),
    }


def freeze(report: ProgressReport, document: dict[str, Any], *, at: dt.datetime) -> Snapshot:
    """Write the document that `report_document` returned. The caller holds the transaction of both."""
    content = assembly.canonical(document)
    return Snapshot.objects.create(
        report=report,
        version=document["report"]["version"],
        document=content,
        sha256=assembly.sha256(content),
        schema_version=assembly.SCHEMA_VERSION,
        made_at=at,
    )


def review_of(snapshot: Snapshot) -> YearReview:
    """Return the year as it was submitted, from the snapshot's bytes alone."""
    return gather(json.loads(bytes(snapshot.document)), sha256=snapshot.sha256)


def preview_of(
    report: ProgressReport, *, stored: dict[str, list[Versioned]] | None = None
) -> YearReview:
    """Return the year as it would be submitted now."""
    return gather(
        report_document(report, submitted_at=None, status=ReportStatus.DRAFT, stored=stored)
    )


def review_for(report: ProgressReport) -> YearReview:
    """Return what a page about this report shows: a draft as it is now, else as submitted."""
    return preview_of(report) if report.is_open else review_of(report.snapshot)
