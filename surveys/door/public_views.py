"""/s/<secret>/: answering a questionnaire, without a login, without JavaScript, without a trace of who."""

import hashlib

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from municipalities.access import public
from municipalities.entrance import error_views
from municipalities.pages.editing import FORM_METHODS
from surveys.door import answering, sending, visiting
from surveys.door.answering import Step
from surveys.door.sending import Delivery
from surveys.questionnaires.shape import form_shape, readings
from surveys.rounds import told

GONE = 410
REOPENED = "画面を開き直しました。内容を確かめて、もう一度押してください。"
NOTHING = "まだ、どの設問にも答えていません。答えられる設問に答えてから、送ってください。"
MARK_DAYS = 60
# The browser may show a page again that it has, when its reader goes back: with `no-store`, or where a page that asks
# once more is 422, it would have to send the answers again, and shows an error instead (docs/adr/0055).
HEADERS = error_views.DOOR_HEADERS | {"Cache-Control": "no-cache, private"}


# No session and no cookie speaks for a visitor, so there is none to borrow; the ticket is the form's own.
@csrf_exempt
@public
def answer(request, door_secret):
    """Show the questionnaire page by page, take it once, or say why not."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    visit = visiting.of(request.door)
    if visit is None:
        # The same page as for a secret that never was: it names no town.
        request.municipality = None
        return error_views.page_not_found(request, None)
    ticket = visiting.read_ticket(request.POST.get("ticket", ""), request.door)
    if why := visiting.refusal(visit, ticket):
        return closed(request, visit, why)
    form = as_wanted(request, form_shape.read(visit.round.questionnaire))
    if request.method != "POST":
        return show(request, visit, form, Step(answering.first(form)))
    return go_on(request, visit, form, ticket)


def as_wanted(request, form):
    """Return the questionnaire with its readings or without, and remember which for the page."""
    pressed = request.POST.get("action", "").removeprefix(answering.READINGS)
    said = (pressed, request.POST.get("readings", ""), request.GET.get("readings", ""))
    request.readings = readings.wanted(form, *said) if readings.has_any(form) else ""
    return readings.without(form) if request.readings == readings.HIDDEN else form


def go_on(request, visit, form, ticket):
    """Take what a page sent one step further."""
    step = answering.go(form, answering.posted_of(form, request.POST))
    if ticket is None:
        return show(request, visit, form, step, trouble=REOPENED)
    if step.filled is None:
        return show(request, visit, form, step)
    if step.filled.is_empty:
        return show(request, visit, form, Step(answering.first(form)), trouble=NOTHING)
    replaces = request.POST.get("again") == "replace"
    return take(request, visit, Delivery(form, step.filled, ticket, replaces))


def show(request, visit, form, step, *, trouble=""):
    """Show a page of the questionnaire; the ticket stays what it was, a missing one is made."""
    ticket = request.POST.get("ticket", "")
    if trouble or not ticket:
        _, ticket = visiting.new_ticket(visit.door)
    context = {
        "visit": visit,
        "form": form,
        "told": told.of(visit.round),
        "screen": step.screen,
        "ticket": ticket,
        "readings": request.readings,
        "other_readings": f"{answering.READINGS}{readings.other(request.readings)}",
        "trouble": trouble,
    }
    return with_headers(render(request, "surveys/answer/page.html", context))


def take(request, visit, delivery):
    """Write the answer and thank for it; the same press again is thanked alike, another content is asked about."""
    remarks = [sending.MACHINE] if request.POST.get("homepage") else []
    mark = mark_of(visit.round)
    if mark in request.COOKIES and visit.invitee is None:
        remarks.append(sending.SAME_DEVICE)
    try:
        sent = sending.send(visit, delivery, remarks=remarks)
    except sending.Refused as refused:
        return closed(request, visit, refused.why)
    if sent.differing:
        return ask_again(request, visit, delivery, sent)
    context = {"visit": visit, "form": delivery.form, "receipt": sent.response.receipt}
    context["readings"] = request.readings
    page = with_headers(render(request, "surveys/answer/thanks.html", context))
    keep_mark(page, mark)
    return page


def ask_again(request, visit, delivery, sent):
    """The form was changed after it was sent: nothing is lost before its sender has said what it is."""
    posted = answering.posted_of(delivery.form, request.POST)
    other = None
    if visit.invitee is None:
        _, other = visiting.new_ticket(visit.door, begun=delivery.ticket.begun)
    context = {
        "visit": visit,
        "receipt": sent.response.receipt,
        "differing": sent.differing,
        "hidden": answering.carried(posted),
        "page": posted.index,
        "ticket": request.POST["ticket"],
        "other_ticket": other,
    }
    return with_headers(render(request, "surveys/answer/again.html", context))


def keep_mark(page, mark):
    """Let the device keep that it has answered."""
    page.set_cookie(
        mark,
        "1",
        max_age=MARK_DAYS * 86400,
        path="/s/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def mark_of(row):
    """Return the name of what a device keeps: that it has answered this round, nothing else."""
    return f"answered-{hashlib.sha256(str(row.pk).encode()).hexdigest()[:12]}"


def closed(request, visit, why):
    context = {"visit": visit, "why": why, "was_writing": request.method == "POST"}
    return with_headers(render(request, "surveys/answer/closed.html", context, status=GONE))


def with_headers(response):
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
