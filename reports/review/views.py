"""The adviser reads: inbox, report, PDF."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery import office
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.models import ProgressReport
from reports.review import inbox as heads


@require_safe
@requires(Permission.READ_SUBMITTED)
def inbox(request):
    reports = heads.heads_for(request.user)
    return render(request, "reports/review/inbox.html", {"reports": reports})


def submitted_report(request, number):
    """Return the submitted report of this number. A draft is absent. Raises Http404."""
    report = ProgressReport.objects.submitted().numbered(number).select_related("step").first()
    if report is None:
        raise Http404
    report.cycle = request.cycle
    return report


@require_safe
@requires(Permission.READ_SUBMITTED)
def report(request, report_number):
    report = submitted_report(request, report_number)
    newest = report.snapshot
    review = snapshot.review_of(newest)
    context = {"report": report, "review": review, "has_pdf": hasattr(newest, "pdf")}
    return render(request, "reports/review/report.html", context)


@require_safe
@requires(Permission.READ_SUBMITTED)
def pdf(request, report_number):
    return pdf_response(submitted_report(request, report_number))


@require_safe
@requires(Permission.READ_SUBMITTED)
def slides(request, report_number):
    report = submitted_report(request, report_number)
    return office.slides(report, snapshot.review_of(report.snapshot))


@require_safe
@requires(Permission.READ_SUBMITTED)
def tables(request, report_number):
    report = submitted_report(request, report_number)
    return office.tables(report, snapshot.review_of(report.snapshot))
