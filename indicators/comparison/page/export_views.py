"""この表を保存: the comparison as it is shown, as a workbook."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.comparison.asking.asked import about_of, asked_by, file_name, selected
from indicators.comparison.asking.workbook import make_workbook
from indicators.publishing import marking
from municipalities.access import Permission, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.VIEW_DISTRICT)
def export(request: Any, year: int) -> HttpResponse:
    """The same selection as the page's, which is the address."""
    prefecture, marks = request.scope.prefecture, marking.marks()
    selection = selected(request.GET, year)
    asked = asked_by(prefecture, selection, towns=request.scope.towns, marks=marks)
    content = make_workbook(asked.comparison, about_of(asked, at=timezone.now()))
    name = f"{file_name(asked, year)}.xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
