"""Over HTTP: where the municipalities of a prefecture stand, and accepting their reports."""

import datetime as dt
from typing import Any

from django.http import Http404
from ninja import P, PathEx, Router, Schema

from municipalities.access import Permission
from municipalities.tenancy import within
from reports.api.addresses import FiscalYear
from reports.api.deeds import refusing
from reports.api.errors import READING, WRITING, ErrorsOut
from reports.api.permission import needs
from reports.models import Progress, ProgressReport
from reports.submission.advising import accepting

router = Router(tags=["都道府県"])
CHANGING: dict[Any, Any] = {**WRITING, 409: ErrorsOut}
PrefectureCode = PathEx[str, P(description="都道府県コード（2桁）")]
Number = PathEx[Any, P(description="受付番号")]


class ProgressOut(Schema):
    """一つの報告書の状態。文章は含まない"""

    municipality_code: str
    kind: str
    serial: int
    status: str
    submitted_on: dt.date | None
    is_late: bool
    accepted_on: dt.date | None


class ProgressList(Schema):
    """管内の報告書の状態"""

    items: list[ProgressOut]


def rows_of(scope, **narrowed):
    towns = scope.municipalities().order_by().values("pk")
    rows = Progress.objects.filter(municipality__in=towns, submitted_on__isnull=False, **narrowed)
    return rows.select_related("municipality").order_by("municipality__code", "kind", "serial")


def shown(row) -> dict:
    names = ("kind", "serial", "status", "submitted_on", "is_late", "accepted_on")
    values = {name: getattr(row, name) for name in names}
    return {"municipality_code": row.municipality.code} | values


@router.get(
    "{prefecture:prefecture}/{fy:year}/progress",
    auth=needs(Permission.VIEW_DISTRICT),
    response={200: ProgressList, **READING},
    summary="管内の報告書の状態を見る",
)
def progress(request, prefecture: PrefectureCode, year: FiscalYear):
    """提出された報告書だけを、市区町村コードの順に返します。"""
    rows = rows_of(request.scope, fiscal_year=year)
    return {"items": [shown(row) for row in rows]}


def accepting_one(request, year, number, deed) -> dict:
    """Do a deed on a report of the prefecture, within its municipality for the deed alone."""
    row = rows_of(
        request.scope,
        fiscal_year=year,
        municipality__code=number.municipality_code,
        kind=number.kind,
        serial=number.serial,
    ).first()
    if row is None or number.fiscal_year != year:
        raise Http404
    with within(row.municipality):
        report = ProgressReport.objects.numbered(number).select_related("cycle").get()
        report.cycle.municipality = row.municipality
        with refusing():
            deed(report, by=request.user)
    row.refresh_from_db()
    return shown(row)


@router.post(
    "{prefecture:prefecture}/{fy:year}/reports/{number:number}/acceptance",
    auth=needs(Permission.MANAGE_PREFECTURE),
    response={200: ProgressOut, **CHANGING},
    summary="報告書を受理する",
)
def accept(request, prefecture: PrefectureCode, year: FiscalYear, number: Number):
    """受理し、市区町村にメールで知らせます。"""
    return accepting_one(request, year, number, accepting.accept)


@router.post(
    "{prefecture:prefecture}/{fy:year}/reports/{number:number}/acceptance/withdrawal",
    auth=needs(Permission.MANAGE_PREFECTURE),
    response={200: ProgressOut, **CHANGING},
    summary="受理を取り消す",
)
def take_back(request, prefecture: PrefectureCode, year: FiscalYear, number: Number):
    """受理する前の状態に戻します。"""
    return accepting_one(request, year, number, accepting.take_back)
