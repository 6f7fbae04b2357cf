"""What the prefecture will receive of a report: the copy as it would be now, and letting it show more."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.kernel.changes import StaleVersion
from municipalities.models import Publication
from reports.document.reading import gather
from reports.models import ProgressReport
from reports.submission.showing import publishing, sharing


def one_report(request, pk):
    """Return a report of this year with its place at hand. Raises Http404."""
    reports = ProgressReport.objects.filter(cycle=request.cycle).select_related("step")
    report = get_object_or_404(reports, pk=pk)
    report.cycle = request.cycle
    return report


@require_safe
@requires(Permission.VIEW_PLAN)
def prefecture_copy(request, pk):
    """An open report's copy as it would be now; a submitted one's as it was written."""
    report = one_report(request, pk)
    context = {"report": report}
    if report.is_open and not report.is_council_paper:
        copy = publishing.copy_now(report)
        context |= {"copy": copy, "review": gather(copy.document)}
    elif made := Publication.objects.filter(number=report.number).last():
        context |= {"made": made, "review": publishing.review_of(made)}
    return render(request, "reports/prefecture_copy.html", context)


@require_POST
@requires(Permission.EDIT_PLAN)
def prefecture_copy_share(request, pk):
    """Let the prefecture read all texts of a draft that advisers may read."""
    report = one_report(request, pk)
    if not report.is_draft:
        messages.info(request, "提出した報告書や、上長が確認している報告書の写しは変えられません。")
        return redirect(request.cycle.url("reports:prefecture_copy", pk))
    try:
        count = sharing.share_with_prefecture(report, by=request.user)
    except StaleVersion:
        messages.error(
            request,
            "ほかの人が先に保存したため、何も変えていません。下の写しを確かめ、もう一度押してください。",
        )
    else:
        messages.success(request, f"{count}件を、県まで見せるようにしました。")
    return redirect(request.cycle.url("reports:prefecture_copy", pk))
