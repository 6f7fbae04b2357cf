"""The prefecture officer sees who has submitted what."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities import fiscal
from municipalities.access import Permission, requires
from reports.models import Progress
from reports.prefecture.standing import standings


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def current(request):
    """Go to the fiscal year of today in Japan."""
    this_year = fiscal.fiscal_year_of(timezone.localdate())
    return redirect("prefecture:progress", request.scope.prefecture.code, this_year)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def progress(request, year):
    prefecture = request.scope.prefecture
    years = set(
        Progress.objects.filter(municipality__prefecture=prefecture).values_list(
            "fiscal_year", flat=True
        )
    )
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": sorted(years - {year}, reverse=True),
        "standings": standings(prefecture, year),
    }
    return render(request, "reports/prefecture/progress.html", context)
