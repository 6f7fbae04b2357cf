"""Reports over HTTP: open a draft, submit it, see what became of it, fetch its versions and the PDF."""

import datetime as dt
from typing import Literal

from django.db.models import Count, F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, P, PathEx, Router, Schema

from municipalities.access import Permission
from reports.api.addresses import Code, FiscalYear
from reports.api.deeds import refusing
from reports.api.errors import READING, WRITING, ErrorsOut
from reports.api.permission import needs
from reports.delivery import versions as kept
from reports.delivery.pdf import pdf_response
from reports.models import ProgressReport, Snapshot
from reports.submission.drafts import drafting
from reports.submission.submitting.submit import submit

router = Router(tags=["報告書"])
ReportId = PathEx[int, P(description="報告書の番号（作成や一覧の id）")]


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
    is_for_prefecture_alone: bool = Field(description="都道府県だけに提出するか")
    submitted_at: dt.datetime | None
    deliveries: list[DeliveryOut]


class ReportLine(Schema):
    """一覧の一行"""

    id: int
    number: str
    kind: str
    status: str
    versions: int = Field(description="提出した版の数")
    submitted_at: dt.datetime | None


class ReportList(Schema):
    """報告書の一覧"""

    items: list[ReportLine]


class VersionOut(Schema):
    """提出した一つの版"""

    version: int
    sha256: str = Field(description="提出時の文書のハッシュ")
    made_at: dt.datetime
    reason: str = Field(description="出し直した理由。第1版では空")
    pages: int | None = Field(description="PDFのページ数。まだできていないときは null")


class VersionList(Schema):
    """版の一覧。新しい順"""

    items: list[VersionOut]


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
        "is_for_prefecture_alone": report.is_for_prefecture_alone,
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


@router.get(
    "reports",
    auth=needs(Permission.VIEW_PLAN),
    response={200: ReportList, **READING},
    summary="年度の報告書の一覧を見る",
)
def report_list(request, municipality: Code, fiscal_year: FiscalYear):
    """作った順に返します。"""
    versions = Snapshot.objects.filter(report=OuterRef("pk")).order_by().values("report")
    counted = versions.annotate(count=Count("pk")).values("count")
    reports = ProgressReport.objects.filter(cycle=request.cycle).annotate(
        versions=Subquery(counted)
    )
    return {"items": [line_of(report, request.cycle) for report in reports.order_by("pk")]}


def line_of(report, cycle):
    report.cycle = cycle
    return {
        "id": report.pk,
        "number": str(report.number),
        "kind": report.kind,
        "status": report.status,
        "versions": report.versions or 0,
        "submitted_at": report.submitted_at,
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
    with refusing():
        return shown(submit(one(request, pk), by=request.user))


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


@router.get(
    "reports/{int:pk}/versions",
    auth=needs(Permission.VIEW_PLAN),
    response={200: VersionList, **READING},
    summary="提出した版の一覧を見る",
)
def version_list(request, municipality: Code, fiscal_year: FiscalYear, pk: ReportId):
    """どの版も、提出したときのまま残っています。"""
    items = [
        {
            "version": version.snapshot.version,
            "sha256": version.snapshot.sha256,
            "made_at": version.snapshot.made_at,
            "reason": version.reason,
            "pages": version.pdf.pages if version.pdf else None,
        }
        for version in kept.of(one(request, pk))
    ]
    return {"items": items}


@router.get(
    "reports/{int:pk}/versions/{int:version}/document",
    auth=needs(Permission.VIEW_PLAN),
    response={200: None, **READING},
    summary="提出時の文書を受け取る",
    openapi_extra={"responses": {200: {"content": {"application/json": {}}}}},
)
def version_document(
    request,
    municipality: Code,
    fiscal_year: FiscalYear,
    pk: ReportId,
    version: PathEx[int, P(description="版（1から）")],
):
    """提出したときに残した文書を、一バイトも変えずに返します。"""
    frozen = kept.one(one(request, pk), version)
    return HttpResponse(bytes(frozen.document), content_type="application/json; charset=utf-8")
