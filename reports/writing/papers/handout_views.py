"""協議体資料: the sheet of one scene, what is to be put before the council, and its PDF."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.choices import CARE_SCENES, Scene
from municipalities.japanese import fiscal
from municipalities.pages.editing import EditPage, edit_row
from reports.delivery.office import named
from reports.models import CouncilQuestion
from reports.paper.rendering.client import RenderFailed
from reports.paper.year.handout import make_handout
from reports.submission.showing.handing_out import handed_out
from reports.writing.texts.text_forms import CouncilQuestionForm


def care_scene(scene):
    """Return one of the four scenes. Raises Http404 for all of them together: that is no sheet."""
    if scene is Scene.ALL:
        raise Http404
    return scene


@require_safe
@requires(Permission.VIEW_PLAN)
def handout(request, scene):
    """The sheet on the screen, with what it leaves out."""
    sheet = handed_out(request.cycle, care_scene(scene))
    context = {"sheet": sheet, "scene": scene, "scenes": CARE_SCENES}
    return render(request, "reports/handout.html", context)


@requires(Permission.EDIT_PLAN)
def council_question_edit(request, scene):
    row = CouncilQuestion.objects.filter(cycle=request.cycle, scene=care_scene(scene)).first()
    row = row or CouncilQuestion(
        cycle=request.cycle, scene=scene, key=f"question-{scene.value.replace('_', '-')}"
    )
    page = EditPage(
        key=f"council-question-{request.cycle.fiscal_year}-{scene.value}",
        title=f"「{scene.label}」で協議体に諮りたいことを書く",
        back=f"{request.cycle.url('reports:handout', scene)}#questions",
        lead="協議体資料の最後に、番号を付けて載ります。",
    )
    return edit_row(request, row, form_class=CouncilQuestionForm, page=page)


@require_safe
@requires(Permission.VIEW_PLAN)
def handout_pdf(request, scene):
    """The sheet for printing, drawn now: it is handed out once and kept nowhere."""
    sheet = handed_out(request.cycle, care_scene(scene))
    try:
        pdf = make_handout(sheet)
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(request.cycle.url("reports:handout", scene))
    year = fiscal.era_year(request.cycle.fiscal_year)
    plain = f"{request.municipality.code}-{request.cycle.fiscal_year}-{scene.value}.pdf"
    name = named(plain, f"協議体資料_{scene.label}_{request.municipality}_{year}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
