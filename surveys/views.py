"""調査とヒアリング: the surveys of the year, below them the hearings and their topics."""

from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from surveys.models import (
    FormReply,
    Hearing,
    HearingTopic,
    PublishedSurvey,
    Questionnaire,
    SurveyRound,
)


@require_safe
@requires(Permission.VIEW_PLAN)
def survey_list(request):
    of_year = {"cycle": request.cycle}
    context = {
        "sent_by_prefecture": FormReply.objects.filter(
            municipality=request.municipality, fiscal_year=request.cycle.fiscal_year
        ).count(),
        "form_count": Questionnaire.objects.count(),
        "surveys": PublishedSurvey.objects.filter(**of_year).annotate(
            question_count=Count("questions")
        ),
        "rounds": SurveyRound.objects.filter(**of_year).annotate(response_count=Count("responses")),
        "hearings": Hearing.objects.filter(**of_year),
        "topics": HearingTopic.objects.filter(**of_year).annotate(voice_count=Count("voices")),
    }
    return render(request, "surveys/survey_list.html", context)
