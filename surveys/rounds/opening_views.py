"""Opening, closing and reopening a round: what follows from it is said before it is pressed."""

from functools import partial

from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS
from surveys.choices import RoundState
from surveys.models import Invitee
from surveys.rounds import opening, returns
from surveys.rounds.round_forms import ReopeningForm
from surveys.rounds.round_rows import press, the_round

OPENED = "受付を始めました。調査票は確定したため、設問を変えるときは新しい版を作ります。"
REOPENED = "受付を再開しました。新しい締切日の終わりまで、回答を受け付けます。"
CLOSED = "受付を終了しました。紙の調査票の入力は、まだできます。"


@requires(Permission.EDIT_PLAN)
def round_open(request, round_key):
    """Open a draft from its own page; a round that was closed needs a new last day first."""
    row = the_round(request, round_key)
    if row.may_open and row.state == RoundState.CLOSED:
        return reopen(request, row)
    if request.method != "POST":
        return refused_or_back(request, row)
    return press(request, row, deed=opening.open_round, done=OPENED)


def reopen(request, row):
    """Ask until when, beside what had been planned; then take answers again."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    planned = opening.planned_end(row)
    given = request.POST if request.method == "POST" else None
    form = ReopeningForm(given, row=row, planned=planned)
    if form.is_valid():
        deed = partial(opening.reopen_round, closes_on=form.cleaned_data["closes_on"])
        return press(request, row, deed=deed, done=REOPENED)
    context = {"form": form, "round": row, "planned": planned}
    status = 422 if form.is_bound else 200
    return render(request, "surveys/rounds/round_reopen.html", context, status=status)


@requires(Permission.EDIT_PLAN)
def round_close(request, round_key):
    """Say who has not answered and what ends; then take no more answers."""
    row = the_round(request, round_key)
    if request.method == "POST":
        return press(request, row, deed=opening.close_round, done=CLOSED)
    if not row.may_close:
        return refused_or_back(request, row)
    today = timezone.localdate()
    context = {
        "round": row,
        "returns": returns.of(row),
        "silent": Invitee.objects.filter(round=row, answered_on=None).count(),
        "is_early": row.closes_on is not None and row.closes_on > today,
        "today": today,
    }
    return render(request, "surveys/rounds/round_close.html", context)


def refused_or_back(request, row):
    """Lead whoever opens an address that now asks nothing to the page of the round."""
    return (
        redirect(row.page)
        if request.method in FORM_METHODS
        else HttpResponseNotAllowed(FORM_METHODS)
    )
