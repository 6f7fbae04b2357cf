"""Reports over HTTP: open a draft, submit it, see what became of it, fetch the PDF."""

import datetime as dt
from typing import Literal

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from ninja import Path, Router, Schema

from municipalities.access import Permission
from reports.api.errors import Refused
from reports.api.permission import Needs
from reports.delivery.pdf import pdf_response
from reports.models import ProgressReport
from reports.submission import drafting
from reports.submission.submit import AlreadySubmitted, submit

router = Router(tags=["報告書"])


class NewReport(Schema):
    kind: Literal["interim", "final"]


class DeliveryOut(Schema):
    recipient: str
    state: str
    sent_at: dt.datetime | None
    reason: str


class ReportOut(Schema):
    id: int
    number: str
    kind: str
    status: str
    submitted_at: dt.datetime | None
    deliveries: list[DeliveryOut]


def one(request, pk: int) -> ProgressReport:
    report = get_object_or_404(ProgressReport, cycle=request.cycle, pk=pk)
    report.cycle = request.cycle
    return report


def shown(report: ProgressReport) -> dict:
    return {
        "id": report.pk,
        "number": str(report.number),
        "kind": report.kind,
        "status": report.status,
        "submitted_at": report.submitted_at,
        "deliveries": [
            {
                "recipient": str(delivery.recipient),
                "state": delivery.state,
                "sent_at": delivery.sent_at,
                "reason": delivery.reason,
            }
            for delivery in report.deliveries.select_related("recipient")
        ],
    }


@router.post(
    "reports", auth=Needs(Permission.SUBMIT_REPORT), response=ReportOut, summary="下書きを開く"
)
def open_draft(request, municipality: Path[str], fiscal_year: Path[int], new: NewReport):
    """同じ種別の下書きがあれば、それを返します。"""
    return shown(drafting.open_draft(request.cycle, new.kind, by=request.user))


@router.get(
    "reports/{pk}", auth=Needs(Permission.VIEW_PLAN), response=ReportOut, summary="報告書の状態"
)
def report(request, municipality: Path[str], fiscal_year: Path[int], pk: int):
    return shown(one(request, pk))


@router.post(
    "reports/{pk}/submit",
    auth=Needs(Permission.SUBMIT_REPORT),
    response=ReportOut,
    summary="提出する",
)
def submit_report(request, municipality: Path[str], fiscal_year: Path[int], pk: int):
    try:
        return shown(submit(one(request, pk), by=request.user))
    except ValidationError as error:
        raise Refused(422, *error.messages) from error
    except AlreadySubmitted as error:
        raise Refused(409, "この報告書は、すでに提出されています。") from error


@router.get("reports/{pk}/pdf", auth=Needs(Permission.VIEW_PLAN), summary="提出した報告書のPDF")
def report_pdf(request, municipality: Path[str], fiscal_year: Path[int], pk: int):
    return pdf_response(one(request, pk))
