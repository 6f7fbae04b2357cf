"""From the addresses of 県の調査票 to their rows. Within the prefecture; what somebody may not see is absent."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from municipalities.access import Permission
from surveys.models import FormReply, PrefectureForm

SENT = "この調査票は送付しているため、内容と設問は変えられません。直すときは、新しく作って送ってください。"


def form(request, year, key):
    """Return a questionnaire of the year. Raises Http404, also for a health centre none of whose towns got it."""
    row = get_object_or_404(PrefectureForm, fiscal_year=year, key=key)
    row.prefecture = request.scope.prefecture
    if not is_shown(request.scope, row, replies_of(request.scope, [row])):
        raise Http404
    return row


def is_shown(scope, row, replies):
    """Say whether somebody sees a questionnaire: a draft its makers alone, a sent one whoever has a town that got it."""
    if row.is_draft:
        return scope.may(Permission.MANAGE_PREFECTURE)
    return scope.towns is None or any(one.form == row.key for one in replies)


def replies_of(scope, rows):
    """Return how far the towns are that are shown here, by code, in one query."""
    found = FormReply.objects.filter(
        form__in=[row.key for row in rows], municipality__prefecture=scope.prefecture
    ).select_related("municipality")
    replies = found.order_by("municipality__code", "pk")
    return [one for one in replies if scope.covers(one.municipality.code)]


def draft_or_back(view):
    """Give a view the row while it is a draft; a sent one is shown with the reason."""

    @wraps(view)
    def run(request, year, draft_form_key, **pieces):
        row = form(request, year, draft_form_key)
        return view(request, row, **pieces) if row.is_draft else back(request, row, SENT)

    return run


def back(request, row, message, *, look=messages.warning):
    look(request, message)
    return redirect(url(request, "form", row))


def url(request, name, row):
    place = (request.scope.prefecture.code, row.fiscal_year, row.key)
    return reverse(f"prefecture_forms:{name}", args=place)


def list_url(request, year):
    return reverse("prefecture_forms:forms", args=[request.scope.prefecture.code, year])
