"""The questionnaire as a phone shows it: every page that respondents get, by the templates that they see."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from surveys.door import previewing
from surveys.models import Questionnaire


@require_safe
@requires(Permission.VIEW_PLAN)
def form_preview(request, questionnaire_key):
    questionnaire = get_object_or_404(Questionnaire.objects.all(), key=questionnaire_key)
    wish = previewing.Wish(request.GET.get("round", ""), request.GET.get("readings", ""))
    preview = previewing.of(questionnaire, request.cycle, wish)
    context = {"preview": preview, "form": preview.form, "told": preview.told}
    context["readings"] = preview.readings
    return render(request, "surveys/forms/form_preview.html", context)
