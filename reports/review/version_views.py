"""The adviser reads an earlier version: it stays as it was when a newer one is submitted."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery import versions as kept
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.review import looks
from reports.review.views import newest_version


@require_safe
@requires(Permission.READ_SUBMITTED)
def versions(request, report_number):
    report = newest_version(request, report_number).report
    context = {"report": report, "versions": kept.of(report)}
    return render(request, "reports/review/versions.html", context)


@require_safe
@requires(Permission.READ_SUBMITTED)
def version(request, report_number, version):
    report = newest_version(request, report_number).report
    frozen = kept.one(report, version)
    looks.note_earlier(frozen, by=request.user)
    context = {"report": report, "version": frozen, "review": snapshot.review_of(frozen)}
    return render(request, "reports/review/version.html", context)


@require_safe
@requires(Permission.READ_SUBMITTED)
def version_pdf(request, report_number, version):
    report = newest_version(request, report_number).report
    return pdf_response(report, kept.one(report, version))
