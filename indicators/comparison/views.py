"""市町村の比較: what a prefecture's officer sees of all municipalities, the table first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from indicators.comparison.asked import asked_by, elsewhere, has_statistics
from indicators.comparison.page import context_of, said_of
from indicators.comparison.selection import selection_of
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_DISTRICT)
def compare(request: Any, year: int) -> HttpResponse:
    """One selection, which is the address: its table, and one drawing of it where one is asked for.

    Where no statistic tells anything, an address that names no origin leads on to what was submitted.
    """
    prefecture, towns = request.scope.prefecture, request.scope.towns
    selection = selection_of(request.GET, request.GET.getlist("indicator"))
    asked = asked_by(prefecture, selection, towns=towns)
    other = elsewhere(asked, towns=towns)
    if other and "origin" not in request.GET and not has_statistics(asked):
        return redirect(request.path + other.query())
    context = context_of(asked, year) | said_of(request.GET, asked, year, other)
    return render(request, "indicators/comparison/compare.html", context)
