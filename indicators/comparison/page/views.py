"""市町村の比較: what a prefecture's officer sees of all municipalities, the table first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.comparison import keeping
from indicators.comparison.asking import origins
from indicators.comparison.asking.asked import asked_by, selected
from indicators.comparison.page.page import context_of, heading_of, said_of
from indicators.publishing import marking
from municipalities.access import Permission, requires

PAGE = "indicators/comparison/compare.html"


@require_safe
@requires(Permission.VIEW_DISTRICT)
def compare(request: Any, year: int) -> HttpResponse:
    """One selection, which is the address: its table, and one drawing of it where one is asked for.

    What is below the heading is made anew only if anything published has changed since.
    """
    marks = marking.marks()
    selection = selected(request.GET, year)
    key = keeping.key_of(request.get_full_path(), towns=request.scope.towns, marks=marks)
    parts = keeping.kept(key)
    if parts is None:
        return _anew(request, year, selection, key, marks)
    heading = heading_of(request.scope.prefecture, selection, year)
    return render(request, PAGE, heading | {"parts": parts})


def _anew(request: Any, year: int, selection: Any, key: Any, marks: Any) -> HttpResponse:
    prefecture, towns = request.scope.prefecture, request.scope.towns
    asked = asked_by(prefecture, selection, towns=towns, marks=marks)
    other = origins.other(asked, marks)
    context = context_of(asked, year) | said_of(request.GET, asked, year, other)
    heading = heading_of(prefecture, selection, year)
    if not (asked.comparison.columns and asked.comparison.places):
        return render(request, PAGE, context | heading)
    parts = keeping.rendered(context)
    if asked.comparison.is_read or context.get("drawing"):
        # A table whose columns are remembered is composed again sooner than it is packed.
        keeping.keep(key, parts)
    return render(request, PAGE, heading | {"parts": parts})
