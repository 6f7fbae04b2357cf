"""The page behind an invitation's link: opening it changes nothing, however often; one press accepts."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from municipalities.access import public
from municipalities.pages.editing import FORM_METHODS
from municipalities.people import accepting, recording
from municipalities.people.forms import FirstPasswordForm
from municipalities.people.offers import name_of

# The address holds the secret: no cache keeps it, no other page is told of it. `strict-origin`, not
# `no-referrer`: under that one browsers send 「Origin: null」 with the form, and it would be refused.
HEADERS = {"Cache-Control": "no-store, private", "Referrer-Policy": "strict-origin"}
GONE, UNKNOWN, CONFLICT, UNPROCESSABLE = 410, 404, 409, 422


@public
def acceptance(request, secret):
    """Say who invites to what, or accept."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    invitation, trouble = accepting.find(secret)
    if trouble:
        status = UNKNOWN if trouble == accepting.UNKNOWN else GONE
        return closed(request, trouble, status=status)
    form = form_for(request, invitation)
    if request.method != "POST":
        return show(request, invitation, form)
    visitor = request.user if request.user.is_authenticated else None
    if accepting.stranger(invitation, by=visitor):
        return show(request, invitation, form, status=CONFLICT)
    if form and not form.is_valid():
        return show(request, invitation, form, status=UNPROCESSABLE)
    return accept(request, invitation, form, visitor)


def form_for(request, invitation):
    """Return the form of a first password, or None for an account that has one."""
    if not accepting.needs_password(invitation):
        return None
    typed = request.POST if request.method == "POST" else None
    return FirstPasswordForm(data=typed, user=invitation.user)


def accept(request, invitation, form, visitor):
    password = form.cleaned_data["password1"] if form else ""
    try:
        user = accepting.accept(invitation, by=visitor, password=password)
    except ValidationError as error:
        return closed(request, error.messages[0], status=GONE)
    messages.success(request, "招待を承諾しました。")
    return redirect("home") if visitor else perform_login(request, user)


def show(request, invitation, form, *, status=200):
    visitor = request.user if request.user.is_authenticated else None
    context = {
        "invitation": invitation,
        "place": name_of(invitation),
        "term": recording.term(invitation.valid_from, invitation.valid_to),
        "form": form,
        "is_other": visitor is not None and visitor.pk != invitation.user_id,
        "must_sign_in": visitor is None and form is None,
    }
    template = "municipalities/people/acceptance.html"
    return render_closed(request, template, context, status=status)


def closed(request, trouble, *, status):
    context = {"trouble": trouble}
    return render_closed(
        request, "municipalities/people/acceptance_closed.html", context, status=status
    )


def render_closed(request, template, context, *, status):
    response = render(request, template, context, status=status)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
