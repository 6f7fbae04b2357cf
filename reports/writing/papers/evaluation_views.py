"""評価シート as a PDF, drawn now: it is printed for a meeting and kept nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from councils.evaluating import joined_sheet
from councils.evaluating.evaluated import label_of
from councils.evaluating.evaluation_views import chosen_scene
from indicators.followed import office_copy
from indicators.followed.office_copy import is_office_copy
from municipalities.access import Permission, requires
from municipalities.japanese import dates, fiscal
from reports.delivery.office import named
from reports.paper.rendering.client import RenderFailed
from reports.paper.year.evaluation import EvaluationPaper, make_evaluation


def paper_of(request, scene):
    """Return what stands on the sheets of a year, or of one scene."""
    place = request.municipality
    return EvaluationPaper(
        municipality=f"{place.prefecture}{place}",
        year=request.cycle.label,
        scene=label_of(scene) if scene else "",
        made_on=dates.in_wareki(timezone.localdate()),
        parts=joined_sheet.of(request.cycle, scene=scene, is_for_office=is_office_copy(request)),
        mark=office_copy.mark_of(is_for_office=is_office_copy(request)),
    )


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation_pdf(request):
    """The 評価シート of the year, or of the scene that `?scene=` names."""
    try:
        pdf = make_evaluation(paper_of(request, chosen_scene(request)))
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(request.cycle.url("councils:evaluation_sheet"))
    year = fiscal.era_year(request.cycle.fiscal_year)
    plain = f"{request.municipality.code}-{request.cycle.fiscal_year}-evaluation.pdf"
    sheet = f"評価シート_{request.municipality}_{year}.pdf"
    name = named(plain, office_copy.named(sheet, is_for_office=is_office_copy(request)))
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
