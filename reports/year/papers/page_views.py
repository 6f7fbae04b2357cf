"""年間のまとめ: the year on one page, on the screen and as a PDF of A3."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.japanese import fiscal
from reports.delivery.office import named
from reports.paper.rendering.client import RenderFailed
from reports.paper.year.year_page import make_year_page
from reports.year.papers import on_a_page


@require_safe
@requires(Permission.VIEW_PLAN)
def year_on_a_page(request):
    return render(request, "reports/year_page.html", {"page": on_a_page.of(request.cycle)})


@require_safe
@requires(Permission.VIEW_PLAN)
def year_on_a_page_pdf(request):
    """The sheet for printing, drawn now: it is handed out and kept nowhere."""
    try:
        pdf = make_year_page(on_a_page.of(request.cycle))
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(request.cycle.url("reports:year_on_a_page"))
    year = fiscal.era_year(request.cycle.fiscal_year)
    plain = f"{request.municipality.code}-{request.cycle.fiscal_year}-year.pdf"
    name = named(plain, f"年間のまとめ_{request.municipality}_{year}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
