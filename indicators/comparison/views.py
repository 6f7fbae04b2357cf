"""市町村の比較: what a prefecture's officer sees of all municipalities, the table first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.comparison import filtering, heat, heat_html, telling
from indicators.comparison.asked import compared, group_of
from indicators.comparison.drawings import drawn, tabs
from indicators.comparison.peers import groups_of_prefecture
from indicators.comparison.pictures.listed import noun
from indicators.comparison.selection import selection_of
from municipalities.access import Permission, requires


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def compare(request: Any, year: int) -> HttpResponse:
    """One selection, which is the address: its table, and one drawing of it where one is asked for."""
    prefecture = request.scope.prefecture
    selection = selection_of(request.GET, request.GET.getlist("indicator"))
    groups = groups_of_prefecture(prefecture)
    group = group_of(prefecture, selection, groups)
    found = compared(prefecture, selection, group)
    towns = reverse("prefecture:progress", args=[prefecture.code, year]) + "m/"
    # Only our own towns have a page here.
    is_ours = group in groups and not group.is_of_prefectures
    context = {
        "prefecture": prefecture,
        "year": year,
        "selection": selection,
        "comparison": found,
        "group": group,
        "noun": noun(found),
        "filters": filtering.filters(selection, year, group=group, groups=groups),
        "nothing_found": filtering.nothing_found(selection),
        "tabs": list(tabs(selection)),
        "heads": heat.heads(found, selection),
        "rows": heat_html.rows(found, page=towns if is_ours else "", sort=selection.sort),
        "foot": heat.foot(found, prefecture=prefecture.name),
        "read_as": telling.READ_AS,
        "kept": filtering.kept(selection),
        "by_code": selection.query(sort="", falling=False),
        **drawn(found, selection),
    }
    return render(request, "indicators/comparison/compare.html", context)
