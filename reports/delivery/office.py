"""Handing out a report as slides and as tables, made when they are asked for: a quarter of a second each."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from municipalities.japanese import fiscal
from reports.paper.slides import make_slides
from reports.paper.tables import make_tables

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def slides(report, review):
    """Return the slides of what a report shows, for saving."""
    return _download(report, review, make_slides(review), ending="pptx", content_type=PPTX)


def tables(report, review):
    """Return the workbook of what a report shows, for saving."""
    return _download(report, review, make_tables(review), ending="xlsx", content_type=XLSX)


def table(content, *, plain, name):
    """Return one workbook under its name, for saving."""
    return _answer(content, named(f"{plain}.xlsx", f"{name}.xlsx"), content_type=XLSX)


def archive(content, *, plain, name):
    """Return several workbooks in one ZIP under its name, for saving."""
    return _answer(content, named(f"{plain}.zip", f"{name}.zip"), content_type=ZIP)


def _download(report, review, content, *, ending, content_type):
    disposition = named(f"{report.number}.{ending}", f"{name_of(review)}.{ending}")
    return _answer(content, disposition, content_type=content_type)


def _answer(content, disposition, *, content_type):
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def name_of(review):
    """Return 「見本市_令和8年度_中間報告」; a draft says that it is one."""
    head = review.head
    year = fiscal.era_year(review.fiscal_year)
    mark = head.version_label if head.submitted_on else head.status_label
    return "_".join(filter(None, (review.municipality_name, year, head.kind_label, mark)))


def named(plain, name):
    """Return the header for a Japanese name (RFC 5987) with a plain one for old programs."""
    short = content_disposition_header(as_attachment=True, filename=plain)
    full = content_disposition_header(as_attachment=True, filename=name)
    return f"{short}; {full.partition('; ')[2]}"
