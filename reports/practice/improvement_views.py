"""良くなった市町村: numbers that moved by more than chance over three or five years, with what was done."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.comparison.asking.filtering import ORIGINS
from indicators.comparison.selection import selection_of
from indicators.comparison.shape import Origin
from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from reports.practice.forms import ImprovementForm
from reports.practice.improvement import SPANS, found


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def improved(request, year):
    """Over so many fiscal years, the last being the newest up to that of the address that can be compared."""
    form = ImprovementForm(request.GET)
    chosen = form.chosen
    asked = {"scene": chosen.get("scene", ""), "origin": chosen.get("origin", Origin.SUBMITTED)}
    shown = found(
        request.scope.prefecture,
        selection=selection_of(asked, []),
        span=int(chosen.get("span", SPANS[0])),
        fiscal_year=year,
    )
    context = {
        "prefecture": request.scope.prefecture,
        "year": year,
        "form": form,
        "unknown": form.unknown,
        "found": shown,
        "is_running": bool(shown.judged) and timezone.localdate() <= fiscal.last_day(shown.last),
        "origin": ORIGINS[Origin(asked["origin"])],
    }
    return render(request, "reports/practice/improved.html", context)
