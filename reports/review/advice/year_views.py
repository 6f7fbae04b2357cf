"""A municipality-year on the adviser's desk: what is being written, and what was advised before."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.rows.rows import ADVISERS_READ, audience_lets_out
from reports.document import live
from reports.models import ProgressReport
from reports.review import asked
from reports.review.advice import places
from reports.support import feedback
from reports.support.history import Reader
from reports.support.history_views import listed, saved

LETS_OUT = Reader(audiences=ADVISERS_READ, is_shown=audience_lets_out)


@require_safe
@requires(Permission.ADVISE)
def municipality_list(request):
    context = {"places": places.advised_by(request.user)}
    return render(request, "reports/review/municipality_list.html", context)


@require_safe
@requires(Permission.ADVISE)
def year(request):
    """The year as it stands, as far as advisers may read it, with what was submitted of it."""
    cycle = request.cycle
    reports = list(ProgressReport.objects.submitted().filter(cycle=cycle).order_by("submitted_at"))
    for report in reports:
        report.cycle = cycle
    context = {
        "live": live.year_of(cycle),
        "reports": reports,
        "answers": feedback.for_advisers(cycle),
        "rounds": asked.rounds_of(cycle),
    }
    return render(request, "reports/review/year.html", context)


@require_safe
@requires(Permission.ADVISE)
def history(request):
    tables_url = reverse("review:history_tables", args=[request.municipality.code])
    context = listed(request, LETS_OUT, tables_url=tables_url)
    return render(request, "reports/review/history.html", context)


@require_safe
@requires(Permission.ADVISE)
def history_tables(request):
    return saved(request, LETS_OUT)
