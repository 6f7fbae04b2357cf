"""The adviser looks again: what changed since the last time."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.review import changes as reading
from reports.review import looks
from reports.review.views import newest_version


@require_safe
@requires(Permission.READ_SUBMITTED)
def changes(request, report_number):
    newest = newest_version(request, report_number)
    shown = reading.shown(newest, request.user, wanted=request.GET.get("with", ""))
    looks.note(newest, by=request.user, is_unseen=newest.is_unseen)
    context = {"report": newest.report, "shown": shown, "comparison": shown.comparison}
    return render(request, "reports/review/changes.html", context)
