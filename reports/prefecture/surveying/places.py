"""From the addresses of 県の調査票 to their rows. Within the prefecture; what somebody may not see is absent."""

from django.urls import reverse

from reports.prefecture import sendings
from surveys.models import FormReply, PrefectureForm

KIND = sendings.Kind(PrefectureForm, FormReply, "form")
SENT = "この調査票は送付しているため、内容と設問は変えられません。直すときは、新しく作って送ってください。"


def seen(request, year, key):
    """Return a questionnaire of the year with its replies. Raises Http404."""
    return KIND.one(request, year, key)


def form(request, year, key):
    """Return a questionnaire of the year. Raises Http404."""
    return seen(request, year, key).row


def url(request, name, row):
    place = (request.scope.prefecture.code, row.fiscal_year, row.key)
    return reverse(f"prefecture_forms:{name}", args=place)


def list_url(request, year):
    return reverse("prefecture_forms:forms", args=[request.scope.prefecture.code, year])


back = sendings.back_to(lambda request, row: url(request, "form", row))
draft_or_back = sendings.drafts_alone(form, back, key="draft_form_key", sent=SENT)
