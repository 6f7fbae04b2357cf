"""Over HTTP: where the municipalities of a prefecture stand, and accepting their reports."""

import datetime as dt
from enum import StrEnum
from typing import Any

from django.http import Http404
from ninja import Field, P, PathEx, Router, Schema

from municipalities.access import Permission
from municipalities.tenancy import within
from reports.api.addresses import FiscalYear
from reports.api.deeds import refusing
from reports.api.errors import READING, WRITING, ErrorsOut
from reports.api.permission import needs
from reports.models import Progress, ProgressReport
from reports.submission.advising import accepting, papers
from reports.submission.advising.papers import Paper
from reports.submission.drafts import due_dates

router = Router(tags=["都道府県"])
CHANGING: dict[Any, Any] = {**WRITING, 409: ErrorsOut}
PrefectureCode = PathEx[str, P(description="都道府県コード（2桁）")]
Number = PathEx[Any, P(description="受付番号")]


class KnownBy(StrEnum):
    """状態をどこから知ったか。system はこのシステムでの提出、officer は県入力"""

    SYSTEM = "system"
    OFFICER = "officer"


class ProgressOut(Schema):
    """一つの報告書の状態。文章は含まない"""

    municipality_code: str
    kind: str
    serial: int | None = Field(description="同じ種別の何回目か。県入力では null")
    status: str
    submitted_on: dt.date | None
    is_late: bool
    days_late: int | None = Field(
        description="提出期限から提出までの日数。期限までの提出と、日数の記録がないときは null"
    )
    accepted_on: dt.date | None
    known_by: KnownBy = Field(description="system はこのシステムでの提出、officer は県入力")


class ProgressList(Schema):
    """管内の報告書の状態"""

    items: list[ProgressOut]


def rows_of(scope, **narrowed):
    towns = scope.municipalities().order_by().values("pk")
    rows = Progress.objects.filter(municipality__in=towns, submitted_on__isnull=False, **narrowed)
    return rows.select_related("municipality").order_by("municipality__code", "kind", "serial")


def shown(paper: Paper, code: str) -> dict[str, Any]:
    names = ("kind", "status", "submitted_on", "is_late", "days_late", "accepted_on")
    return {
        "municipality_code": code,
        **{name: getattr(paper, name) for name in names},
        "serial": None if paper.is_entry else paper.serial,
        "known_by": KnownBy.OFFICER if paper.is_entry else KnownBy.SYSTEM,
    }


@router.get(
    "{prefecture:prefecture}/{fy:year}/progress",
    auth=needs(Permission.VIEW_DISTRICT),
    response={200: ProgressList, **READING},
    summary="管内の報告書の状態を見る",
)
def progress(request, prefecture: PrefectureCode, year: FiscalYear):
    """提出された報告書と、県入力の報告を、市区町村コードの順に返します。

    県入力の報告（`known_by` が `officer`）は、その種別の報告書がこのシステムで提出されていない市区町村だけにあります。
    作成中（`draft`）のものも含みます。
    """
    codes = {place.pk: place.code for place in request.scope.municipalities()}
    due = due_dates.due_dates_in(request.scope.prefecture, year)
    found = papers.papers_of(year, codes, due)
    there = ((codes[place], kind, ones) for (place, kind), ones in found.items())
    return {"items": [shown(one, code) for code, _, ones in sorted(there) for one in ones]}


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
    return shown(papers.paper_from(row, row.municipality.code), row.municipality.code)


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
