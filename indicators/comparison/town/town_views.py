"""ほかの市区町村と比べる: the town's page, and its table as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.comparison.asking import filtering
from indicators.comparison.drawings import drawn, tabs
from indicators.comparison.judging import telling
from indicators.comparison.scenes import SCENES
from indicators.comparison.selection import selection_of
from indicators.comparison.town import (
    elsewhere,
    town_page,
    town_table,
    town_unknown,
    town_workbook,
)
from municipalities.access import Permission, requires
from municipalities.models import Cycle

if TYPE_CHECKING:
    from indicators.comparison.town.town_page import TownPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page_of(request: Any) -> TownPage:
    asked = selection_of(request.GET, request.GET.getlist("indicator"))
    return town_page.of(request.cycle, asked)


@require_safe
@requires(Permission.VIEW_PLAN)
def compare(request: Any) -> HttpResponse:
    """The town beside the group that the address names."""
    page = page_of(request)
    context = {
        "page": page,
        "unknown": unknown_of(request, page),
        "table": town_table.of(page),
        "hidden_said": telling.hidden(page.compared),
        "scenes": SCENES,
        "years": filtering.years(page.selection, request.cycle.fiscal_year),
        "way": elsewhere.way(request.cycle, page),
        "later": None if page.compared.columns else later(page),
        "pools": filtering.pools(page.selection),
        # Its own filter asks for the scene.
        "kept": [one for one in filtering.kept(page.selection) if one[0] != "scene"],
        "query": page.selection.query(),
        "tabs": list(tabs(page.selection)),
        **drawn(page.compared, page.selection),
    }
    return render(request, "indicators/compare.html", context)


def unknown_of(request: Any, page: TownPage) -> list[str]:
    year = request.cycle.fiscal_year
    offered = filtering.years(page.selection, year)
    return list(town_unknown.unknown(request.GET, page, year, offered))


def later(page: TownPage) -> tuple[int, str] | None:
    """Return a later year that has statistics where the own one has none, and the address of a year that may show it.

    The address is empty where the town has no such year yet.
    """
    year = town_page.later_year(page) if page.selection.year is None else None
    if not year:
        return None
    cycle = Cycle.objects.filter(fiscal_year__gte=year).order_by("fiscal_year").first()
    return year, cycle.url("indicators:compare") + page.selection.query() if cycle else ""


@require_safe
@requires(Permission.VIEW_PLAN)
def compare_xlsx(request: Any) -> HttpResponse:
    """The rows of the page in their order, with sources, and once more for programs."""
    page = page_of(request)
    content = town_workbook.as_xlsx(page, made_on=timezone.localdate())
    name = town_workbook.name_of(page)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
