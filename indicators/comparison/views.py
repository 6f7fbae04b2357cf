"""市町村の比較: what a prefecture's officer sees of all municipalities, the table first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.comparison.asked import asked_by
from indicators.comparison.page import context_of
from indicators.comparison.selection import selection_of
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_DISTRICT)
def compare(request: Any, year: int) -> HttpResponse:
    """One selection, which is the address: its table, and one drawing of it where one is asked for."""
    selection = selection_of(request.GET, request.GET.getlist("indicator"))
    asked = asked_by(request.scope.prefecture, selection, towns=request.scope.towns)
    return render(request, "indicators/comparison/compare.html", context_of(asked, year))
