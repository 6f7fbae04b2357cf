"""研修の手がかり: the officer sees which rules the towns break most, by numbers alone."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from reports.delivery import office
from reports.prefecture.findings import finding_table
from reports.prefecture.findings.finding_workbook import make_workbook
from reports.prefecture.years import offered, with_anything


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def findings(request, year):
    prefecture = request.scope.prefecture
    context = {
        "prefecture": prefecture,
        "year": year,
        "years": offered(with_anything(request.scope), year),
        "lines": finding_table.of(prefecture, year),
    }
    return render(request, "reports/prefecture/findings.html", context)


@require_safe
@requires(Permission.VIEW_PREFECTURE)
def findings_export(request, year):
    prefecture = request.scope.prefecture
    lines = finding_table.of(prefecture, year)
    content = make_workbook(lines, prefecture, year, at=timezone.now())
    name = f"研修の手がかり_{prefecture.name}_{fiscal.era_year(year)}"
    return office.table(content, plain=f"findings-{prefecture.code}-{year}", name=name)
