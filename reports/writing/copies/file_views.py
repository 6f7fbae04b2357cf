"""A report as slides and as tables: a draft as it is now, a submitted one as it was submitted."""

from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery import office
from reports.document import snapshot
from reports.writing.views import one_report


@require_safe
@requires(Permission.VIEW_PLAN)
def report_slides(request, pk):
    report = one_report(request, pk)
    return office.slides(report, snapshot.review_for(report))


@require_safe
@requires(Permission.VIEW_PLAN)
def report_tables(request, pk):
    report = one_report(request, pk)
    return office.tables(report, snapshot.review_for(report))
