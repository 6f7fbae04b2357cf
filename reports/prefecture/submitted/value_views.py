"""The officer reads what the municipalities have submitted, by name and with what they say of it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from reports.delivery import office
from reports.prefecture.submitted import values as reading
from reports.prefecture.submitted.values_workbook import make_workbook
from reports.prefecture.years import offered, with_anything


@require_safe
@requires(Permission.VIEW_DISTRICT)
def values(request, year):
    """The indicators of a scene; of the chosen one every municipality."""
    prefecture = request.scope.prefecture
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": offered(with_anything(request.scope), year),
        "shown": reading.shown(request.scope, year, request.GET),
    }
    return render(request, "reports/prefecture/values.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def values_export(request, year):
    """The same rows in the same order, for saving; without an indicator those of every one that is listed."""
    prefecture = request.scope.prefecture
    shown = reading.shown(request.scope, year, request.GET)
    tables = (
        [(shown.chosen, shown.lines)]
        if shown.chosen
        else reading.all_lines(request.scope, shown.offers, year)
    )
    content = make_workbook(tables, prefecture, year, at=timezone.now())
    plain = f"values-{prefecture.code}-{year}"
    return office.table(
        content, plain=plain, name=f"提出された値_{prefecture.name}_{fiscal.era_year(year)}"
    )
