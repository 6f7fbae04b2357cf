"""The adviser reads: inbox, report, PDF."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery import office, opened
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.models import Snapshot
from reports.review import inbox as heads
from reports.review import looks


@require_safe
@requires(Permission.READ_SUBMITTED)
def inbox(request):
    reports = heads.heads_for(request.user)
    return render(request, "reports/review/inbox.html", {"reports": reports})


def newest_version(request, number):
    """Return what was submitted last under this number. A draft is absent. Raises Http404."""
    versions = Snapshot.objects.numbered(number).annotate(
        is_unopened=opened.unopened_by(request.user, report="report"),
        is_unseen=looks.unseen_by(request.user),
    )
    newest = versions.select_related("report__step", "pdf").last()
    if newest is None:
        raise Http404
    newest.report.cycle = request.cycle
    return newest


@require_safe
@requires(Permission.READ_SUBMITTED)
def report(request, report_number):
    newest = newest_version(request, report_number)
    review = snapshot.review_of(newest)
    opened.note(newest.report_id, by=request.user, is_unopened=newest.is_unopened)
    looks.note(newest, by=request.user, is_unseen=newest.is_unseen)
    context = {"report": newest.report, "review": review, "has_pdf": hasattr(newest, "pdf")}
    return render(request, "reports/review/report.html", context)


@require_safe
@requires(Permission.READ_SUBMITTED)
def pdf(request, report_number):
    newest = newest_version(request, report_number)
    response = pdf_response(newest.report)
    opened.note(newest.report_id, by=request.user, is_unopened=newest.is_unopened)
    looks.note(newest, by=request.user, is_unseen=newest.is_unseen)
    return response


@require_safe
@requires(Permission.READ_SUBMITTED)
def slides(request, report_number):
    newest = newest_version(request, report_number)
    return office.slides(newest.report, snapshot.review_of(newest))


@require_safe
@requires(Permission.READ_SUBMITTED)
def tables(request, report_number):
    newest = newest_version(request, report_number)
    return office.tables(newest.report, snapshot.review_of(newest))
