"""Questionnaires as a phone shows them: every page that respondents get, by the templates that they see."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from surveys.door import previewing
from surveys.models import Questionnaire
from surveys.questionnaires.making import form_templates, unstored
from surveys.rounds import told

PAGE = "surveys/forms/form_preview.html"


@require_safe
@requires(Permission.VIEW_PLAN)
def form_preview(request, questionnaire_key):
    questionnaire = get_object_or_404(Questionnaire.objects.all(), key=questionnaire_key)
    wish = previewing.Wish(request.GET.get("round", ""), request.GET.get("readings", ""))
    preview = previewing.of(questionnaire, request.cycle, wish)
    back = (request.cycle.url("surveys:form", questionnaire.key), questionnaire)
    return render(request, PAGE, context_of(preview, back=back, place=request.municipality.name))


@require_safe
@requires(Permission.VIEW_PLAN)
def template_preview(request, template_key):
    """A template, before a questionnaire is begun from it."""
    template = form_templates.template(template_key)
    if template is None:
        raise Http404
    form = unstored.shape(template, template.asked)
    preview = previewing.drawn(form, told.to_come(form.title), request.GET.get("readings", ""))
    back = (request.cycle.url("surveys:form_list") + "#templates", "調査票")
    return render(request, PAGE, context_of(preview, back=back, place=request.municipality.name))


def context_of(preview, *, back, place):
    """Return what the page shows. `back`: address and name of where it was opened; `place`: who would ask."""
    address, name = back
    return {
        "preview": preview,
        "form": preview.form,
        "told": preview.told,
        "readings": preview.readings,
        "back": address,
        "back_name": name,
        "place": place,
    }
