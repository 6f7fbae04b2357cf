"""評価シート: every indicator of the year with its verdict, on the screen, on paper and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.followed import evaluation_file, evaluation_sheet, office_copy
from indicators.followed.office_copy import is_office_copy
from indicators.verdicts.evaluation import BASIS
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES
from municipalities.japanese import dates

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen_scene(request):
    """Return the scene that `?scene=` names; None for all of them."""
    return next((one for one in CARE_SCENES if one == request.GET.get("scene")), None)


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation(request):
    """The 評価シート of the year or of one scene, A4 landscape: for the council, or the marked copy for the office."""
    scene, is_for_office = chosen_scene(request), is_office_copy(request)
    parts = evaluation_sheet.of(request.cycle, scene=scene, is_for_outside=not is_for_office)
    context = {
        "parts": parts,
        "counts": evaluation_sheet.counts(parts),
        "lacks_parts": evaluation_sheet.lacks_parts(evaluation_sheet.lines_of(parts)),
        **office_copy.asked(is_for_office=is_for_office),
        "scenes": CARE_SCENES,
        "chosen": scene,
        "basis": BASIS,
        "made_on": dates.in_wareki(timezone.localdate()),
    }
    return render(request, "indicators/evaluation.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation_xlsx(request):
    """The same rows as a workbook."""
    cycle, is_for_office = request.cycle, is_office_copy(request)
    scene, is_for_outside = chosen_scene(request), not is_for_office
    parts = evaluation_sheet.of(cycle, scene=scene, is_for_outside=is_for_outside)
    content = evaluation_file.as_xlsx(cycle, parts, is_for_office=is_for_office)
    name = evaluation_file.name_of(cycle, is_for_office=is_for_office)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
