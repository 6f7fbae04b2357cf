"""The pages that every desk of people has in common: invite, assign, change a term, end, resend, withdraw.

A desk is whose people a page manages: a municipality's, a prefecture's, or everybody's. Its views
declare the permission and fetch the row within their own reach; what may be done is asked by the deed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from municipalities.pages.editing import FORM_METHODS
from municipalities.people import granting, inviting
from municipalities.people.forms import AssignForm, TermForm
from municipalities.people.offers import name_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from municipalities.entrance.http import HouseRequest
    from municipalities.forms import HouseForm
    from municipalities.models import Invitation, Membership
    from municipalities.people.addresses import Desk
    from municipalities.people.forms import InviteForm

UNPROCESSABLE = 422


def invite(
    request: HouseRequest, desk: Desk, form_class: type[InviteForm], **fixed: Any
) -> HttpResponse:
    """Show the form of an invitation, or send it."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    words = {
        "title": "利用者を招待する",
        "lead": "メールで招待のリンクを送ります。リンクは72時間、1回だけ使えます。"
        if settings.BASE_URL
        else "招待のリンクを1回だけ表示します。紙などで、ご本人に渡してください。リンクは72時間使えます。",
        "button": "招待する",
        "back": desk.home,
    }
    if request.method != "POST":
        return _show(request, form_class(**fixed), words)
    form = form_class(request.POST, **fixed)
    if form.is_valid():
        try:
            invitation = inviting.invite(form.invitee(), form.offer(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _sent(request, desk, invitation, "招待しました。")
    return _show(request, form, words, status=UNPROCESSABLE)


def assign(request: HouseRequest, desk: Desk, **fixed: Any) -> HttpResponse:
    """Show the form that gives a known adviser another municipality, or do it."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    words = {
        "title": "アドバイザーを割り当てる",
        "lead": "すでに登録のあるアドバイザーに、別の市区町村も担当してもらいます。招待のメールは要りません。",
        "button": "割り当てる",
        "back": desk.home,
    }
    if request.method != "POST":
        return _show(request, AssignForm(**fixed), words)
    form = AssignForm(request.POST, **fixed)
    if form.is_valid():
        try:
            granting.assign(form.cleaned_data["user"], form.offer(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "割り当てました。")
            return redirect(desk.home)
    return _show(request, form, words, status=UNPROCESSABLE)


def term(
    request: HouseRequest, desk: Desk, membership: Membership, *, back: str = ""
) -> HttpResponse:
    """Show the term of a membership with the ways to change and to end it, or change it."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    back = back or desk.home
    seen = granting.seen_of(membership)
    stored = {"valid_from": membership.valid_from, "valid_to": membership.valid_to, "seen": seen}
    form = TermForm(request.POST) if request.method == "POST" else TermForm(initial=stored)
    if form.is_bound and form.is_valid():
        try:
            granting.change_term(membership, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "任期を変えました。")
            return redirect(back)
    context = {
        "form": form,
        "membership": membership,
        "place": name_of(membership),
        "seen": seen,
        "back": back,
        "end_url": desk.url("end", membership.pk),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "municipalities/people/term.html", context, status=status)


def end(
    request: HouseRequest, desk: Desk, membership: Membership, *, back: str = ""
) -> HttpResponse:
    """End a membership whose term is still as it was shown."""
    try:
        granting.end_now(membership, seen=request.POST.get("seen", ""), by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, f"「{membership.user}」の任期を終了しました。")
    return redirect(back or desk.home)


def resend(request: HouseRequest, desk: Desk, invitation: Invitation) -> HttpResponse:
    try:
        inviting.resend(invitation, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect(desk.home)
    return _sent(request, desk, invitation, "招待を送り直しました。前のリンクは使えません。")


def withdraw(request: HouseRequest, desk: Desk, invitation: Invitation) -> HttpResponse:
    try:
        inviting.withdraw(invitation, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, "招待を取り消しました。")
    return redirect(desk.home)


def _sent(request: HouseRequest, desk: Desk, invitation: Invitation, done: str) -> HttpResponse:
    """Go back to the list; where no mail leads here, show the link this one time."""
    if settings.BASE_URL:
        messages.success(request, done)
        return redirect(desk.home)
    context = {
        "invitation": invitation,
        "link": request.build_absolute_uri(inviting.link_of(invitation.token)),
        "back": desk.home,
    }
    return render(request, "municipalities/people/hand_over.html", context)


def _show(
    request: HouseRequest, form: HouseForm, words: dict[str, str], *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "words": words}
    return render(request, "municipalities/people/form.html", context, status=status)
