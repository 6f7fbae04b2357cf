"""「過去の助言」: what an adviser reads again, in term and for a year after it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery.pdf import pdf_response
from reports.document import snapshot
from reports.review import past as kept


@require_safe
@requires(Permission.READ_KEPT)
def past(request):
    context = {"lines": kept.reports_of(request.user)}
    return render(request, "reports/review/past.html", context)


def versions_of(request, number):
    """Return the versions that this adviser keeps, newest first, their report at hand. Raises Http404."""
    versions = kept.versions_of(request.user, number)
    if not versions:
        raise Http404
    for one in versions:
        one.report.cycle = request.cycle
    return versions


def one_of(versions, number):
    found = next((one for one in versions if one.version == number), None)
    if found is None:
        raise Http404
    return found


@require_safe
@requires(Permission.READ_KEPT)
def past_report(request, report_number):
    """The newest version that was submitted within the term, with the own words about the report."""
    versions = versions_of(request, report_number)
    return show(request, versions, versions[0])


@require_safe
@requires(Permission.READ_KEPT)
def past_version(request, report_number, version):
    versions = versions_of(request, report_number)
    return show(request, versions, one_of(versions, version), is_chosen=True)


@require_safe
@requires(Permission.READ_KEPT)
def past_pdf(request, report_number, version):
    frozen = one_of(versions_of(request, report_number), version)
    return pdf_response(frozen.report, frozen)


def show(request, versions, frozen, *, is_chosen=False):
    report = frozen.report
    context = {
        "report": report,
        "version": frozen,
        "versions": versions,
        "is_chosen": is_chosen,
        "has_pdf": hasattr(frozen, "pdf"),
        "review": snapshot.review_of(frozen),
        "comments": kept.comments_of(request.user, report),
        "decisions": kept.decisions_of(request.user, report),
    }
    return render(request, "reports/review/past_report.html", context)
