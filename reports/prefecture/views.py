"""The prefecture officer sees who has submitted what."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities import fiscal
from municipalities.access import Permission, requires
from reports.prefecture.standing import standings, years_with_submissions


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def current(request):
    """Go to the newest fiscal year with a submission; before the first one, to today's in Japan."""
    prefecture = request.scope.prefecture
    year = next(iter(years_with_submissions(prefecture)), this_year())
    return redirect("prefecture:progress", prefecture.code, year)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def progress(request, year):
    prefecture = request.scope.prefecture
    years = {*years_with_submissions(prefecture), this_year(), year}
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": sorted(years, reverse=True),
        "standings": standings(prefecture, year),
    }
    return render(request, "reports/prefecture/progress.html", context)


def this_year():
    return fiscal.fiscal_year_of(timezone.localdate())
