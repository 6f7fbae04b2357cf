"""Reports over HTTP: open a draft, submit it, see what became of it, fetch the PDF."""

import datetime as dt
from typing import Literal

from django.core.exceptions import ValidationError
from django.db.models import F
from django.shortcuts import get_object_or_404
from ninja import Field, P, PathEx, Router, Schema

from municipalities.access import Permission
from municipalities.rows import Problem
from reports.api.addresses import Code, FiscalYear
from reports.api.errors import READING, WRITING, ErrorsOut, Refused
from reports.api.permission import needs
from reports.delivery.pdf import pdf_response
from reports.models import ProgressReport
from reports.submission import drafting
from reports.submission.submit import AlreadySubmitted, submit

router = Router(tags=["報告書"])
ReportId = PathEx[int, P(description="報告書の番号（作成や一覧の id）")]
ALREADY = Problem("", "この報告書は、すでに提出されています。")


class NewReport(Schema):
    kind: Literal["interim", "final"]


class DeliveryOut(Schema):
    recipient: str
    state: str
    sent_at: dt.datetime | None
    reason: str
    version: int


class ReportOut(Schema):
    id: int
    number: str
    kind: str
    status: str
    version: int = Field(description="いまの版。下書きのあいだは、提出するとできる版")
    versions: int = Field(description="提出した版の数")
    step: str | None = Field(description="報告する段階のキー。段階なしのときは null")
    is_council_paper: bool = Field(description="送付せず、協議体資料として締めるか")
    submitted_at: dt.datetime | None
    deliveries: list[DeliveryOut]


def one(request, pk: int) -> ProgressReport:
    reports = ProgressReport.objects.select_related("step")
    report = get_object_or_404(reports, cycle=request.cycle, pk=pk)
    report.cycle = request.cycle
    return report


def shown(report: ProgressReport) -> dict:
    versions = report.snapshots.count()
    return {
        "id": report.pk,
        "number": str(report.number),
        "kind": report.kind,
        "status": report.status,
        "version": versions + 1 if report.is_open else versions,
        "versions": versions,
        "step": report.step.key if report.step else None,
        "is_council_paper": report.is_council_paper,
        "submitted_at": report.submitted_at,
        "deliveries": [
            {
                "recipient": str(delivery.recipient),
                "state": delivery.state,
                "sent_at": delivery.sent_at,
                "reason": delivery.reason,
                "version": delivery.of_version,
            }
            for delivery in report.deliveries.select_related("recipient").annotate(
                of_version=F("snapshot__version")
            )
        ],
    }


@router.post(
    "reports",
    auth=needs(Permission.SUBMIT_REPORT),
    response={200: ReportOut, **WRITING},
    summary="報告書の下書きを開く",
)
def open_draft(request, municipality: Code, fiscal_year: FiscalYear, new: NewReport):
    """同じ種別の下書きがあれば、それを返します。なければ作ります。"""
    draft = drafting.open_draft(request.cycle, new.kind, by=request.user)
    draft.cycle = request.cycle
    return shown(draft)


@router.get(
    "reports/{int:pk}",
    auth=needs(Permission.VIEW_PLAN),
    response={200: ReportOut, **READING},
    summary="報告書の状態を見る",
)
def report(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """どこまで進んだかと、送付先ごとの送信日時を返します。"""
    return shown(one(request, pk))


@router.post(
    "reports/{int:pk}/submit",
    auth=needs(Permission.SUBMIT_REPORT),
    response={200: ReportOut, **WRITING, 409: ErrorsOut},
    summary="報告書を提出する",
)
def submit_report(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """いまの内容を提出時の文書として残し、PDFの作成と送付を始めます。"""
    try:
        return shown(submit(one(request, pk), by=request.user))
    except ValidationError as error:
        raise Refused(422, *(Problem("", sentence) for sentence in error.messages)) from error
    except AlreadySubmitted as error:
        raise Refused(409, ALREADY) from error


@router.get(
    "reports/{int:pk}/pdf",
    auth=needs(Permission.VIEW_PLAN),
    response={200: None, **READING},
    summary="提出した報告書のPDFを受け取る",
    openapi_extra={"responses": {200: {"content": {"application/pdf": {}}}}},
)
def report_pdf(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """送付したものと同じファイルです。まだできていないときは404です。"""
    return pdf_response(one(request, pk))
