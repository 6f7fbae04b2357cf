"""The officer's page of 拠点 by 在宅医療圏, and the same as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from coordinators.bases import base_areas, base_areas_workbook
from municipalities.access import Permission, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefecture_bases(request, year):
    """How many 拠点 each area has, with which functions, and which area has none."""
    scope = request.scope
    found = base_areas.of(scope.prefecture, scope.towns)
    context = {"prefecture": scope.prefecture, "year": year, "found": found}
    return render(request, "coordinators/prefecture_bases.html", context)


@require_safe
@requires(Permission.VIEW_DISTRICT)
def prefecture_bases_export(request, year):
    scope = request.scope
    found = base_areas.of(scope.prefecture, scope.towns)
    content = base_areas_workbook.make(found, scope.prefecture, at=timezone.now())
    name = f"在宅医療圏別の拠点_{scope.prefecture.name}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
