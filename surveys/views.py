"""Pages of 調査とヒアリング."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from surveys.models import PublishedSurvey


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_list(request):
    """Every row in its order."""
    rows = list(PublishedSurvey.objects.all())
    return render(request, "surveys/survey_list.html", {"rows": rows})
