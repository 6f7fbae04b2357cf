"""調査の集計表 on the adviser's desk: read only."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.followed.evaluation_views import XLSX
from municipalities.access import Permission, requires
from reports.review import asked
from surveys.tabulation.counting.tables import KEPT_RULE, RULE
from surveys.tabulation.page import round_table_file, table_page
from surveys.tabulation.reading import tabulating


@require_safe
@requires(Permission.ADVISE)
def round_tables(request, round_key):
    row = asked.round_of(request.cycle, round_key)
    found = tabulating.of(row)
    place = (request.municipality.code, request.cycle.fiscal_year)
    context = {
        "round": row,
        "tables": table_page.of(row, found, request.GET),
        "tables_url": request.path,
        "file_url": reverse("review:year_round_tables_file", args=[*place, row.key]),
        "year_url": reverse("review:year", args=place),
        "rule": RULE,
        "kept_rule": KEPT_RULE,
    }
    return render(request, "reports/review/round_tables.html", context)


@require_safe
@requires(Permission.ADVISE)
def round_tables_file(request, round_key):
    row = asked.round_of(request.cycle, round_key)
    content = round_table_file.as_xlsx(row, tabulating.of(row), by=request.GET.get("by", ""))
    name = f"集計表_{request.municipality.name}_{row.key}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
