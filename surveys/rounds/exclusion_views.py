"""まとめて除く: what came in a flood is left out of the count by its hours, and taken in again together."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS
from surveys.rounds import excluding
from surveys.rounds.round_forms import ExclusionsForm
from surveys.rounds.round_rows import the_round

LEFT_OUT = "{:,}件を集計から除きました。この画面で、いつでも戻せます。"


@requires(Permission.EDIT_PLAN)
def responses_exclude(request, round_key):
    """Ask which hours and why, say how many that are, then leave them out."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    row = the_round(request, round_key)
    if request.POST.get("action") == "doubtful":
        deed = partial(excluding.exclude_doubtful, row, by=request.user)
        return pressed(request, row, deed, done=LEFT_OUT)
    hours = excluding.hours_of(row)
    form = ExclusionsForm(request.POST if request.method == "POST" else None, hours=hours)
    if form.is_valid() and request.POST.get("action") == "exclude":
        window, why = form.window, form.cleaned_data["why"]
        return pressed(
            request,
            row,
            partial(excluding.exclude, row, window, why=why, by=request.user),
            done=LEFT_OUT,
        )
    context = {
        "round": row,
        "form": form,
        "hours": hours,
        "count": excluding.inside(row, form.window).count() if form.is_valid() else None,
        "reasons": excluding.reasons_of(row),
    }
    status = 422 if form.errors else 200
    return render(request, "surveys/rounds/responses_exclude.html", context, status=status)


@require_POST
@requires(Permission.EDIT_PLAN)
def responses_readmit(request, round_key):
    row = the_round(request, round_key)
    why = request.POST.get("why", "")
    return pressed(
        request,
        row,
        partial(excluding.readmit, row, why, by=request.user),
        done="{:,}件を集計に戻しました。",
    )


def pressed(request, row, deed, *, done):
    """Run a deed that counts, and say how it went on the page of exclusions."""
    try:
        messages.success(request, done.format(deed()))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(request.cycle.url("surveys:responses_exclude", row.key))
