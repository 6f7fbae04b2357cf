"""評価シート: every indicator of the year with its verdict, on the screen, on paper and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.followed import evaluation_file, evaluation_sheet
from indicators.verdicts.evaluation import BASIS
from municipalities import dates
from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen_scene(request):
    """Return the scene that `?scene=` names; None for all of them."""
    return next((one for one in CARE_SCENES if one == request.GET.get("scene")), None)


@require_safe
@requires(Permission.VIEW_PLAN)
def evaluation(request):
    """The 評価シート of the year or of one scene, A4 landscape on paper."""
    scene = chosen_scene(request)
    parts = evaluation_sheet.of(request.cycle, scene=scene)
    context = {
        "parts": parts,
        "counts": evaluation_sheet.counts(parts),
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
    parts = evaluation_sheet.of(request.cycle, scene=chosen_scene(request))
    content = evaluation_file.as_xlsx(request.cycle, parts)
    name = evaluation_file.name_of(request.cycle)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
