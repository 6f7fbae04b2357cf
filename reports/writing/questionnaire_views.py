"""紙の調査票: a questionnaire as PDF, drawn now and kept nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from reports.delivery.office import named
from reports.paper.client import RenderFailed
from reports.paper.questionnaire import QuestionnairePaper, make_questionnaire
from surveys.models import Questionnaire
from surveys.questionnaires import form_shape, readings


@require_safe
@requires(Permission.VIEW_PLAN)
def questionnaire_pdf(request, questionnaire_key):
    row = get_object_or_404(Questionnaire.objects.all(), key=questionnaire_key)
    form = form_shape.read(row)
    if request.GET.get("readings") == readings.HIDDEN:
        form = readings.without(form)
    paper = QuestionnairePaper(form=form, title=row.title, municipality=request.municipality.name)
    try:
        pdf = make_questionnaire(paper)
    except RenderFailed as failure:
        messages.error(request, failure.reason)
        return redirect(request.cycle.url("surveys:form", row.key))
    plain = f"{request.municipality.code}-{row.key}.pdf"
    name = named(plain, f"調査票_{row}_{request.municipality.name}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "no-store, private"}
    return HttpResponse(pdf.content, content_type="application/pdf", headers=headers)
