"""Everybody who has an account, for the operator: search, roles, invitations, stopping and letting in again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.choices import Role, ScopeKind
from municipalities.models import AccessEvent, Membership, User
from municipalities.models.people import NATION_CODE
from municipalities.people import accounts, granting, inviting, listing, recording
from municipalities.people import desk as pages
from municipalities.people.addresses import Desk
from municipalities.people.forms import OperatorInviteForm
from municipalities.people.listing import ROWS_PER_PAGE

DESK = Desk("users")
# A contractor's body lies behind its municipality's fence: its manager invites it.
ROLES = frozenset(Role) - {Role.CONTRIBUTOR}


@require_safe
@requires(Permission.OPERATE)
def users(request):
    sought = request.GET.get("q", "").strip()
    state = request.GET.get("state", "")
    found = accounts.found(sought, state=state)
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "accounts": accounts.of(page),
        "sought": sought,
        "state": state,
        "states": accounts.STATES,
        "invite_url": DESK.url("invite"),
        "events": recording.shown(AccessEvent.objects.all()),
    }
    return render(request, "municipalities/people/users.html", context)


@requires(Permission.OPERATE)
def invite(request):
    here = (ScopeKind.NATION, NATION_CODE)
    return pages.invite(request, DESK, OperatorInviteForm, here=here, roles=ROLES)


@require_safe
@requires(Permission.OPERATE)
def user(request, user_pk):
    """One account: its roles, its open invitations, its record."""
    person = get_object_or_404(User, pk=user_pk)
    rows = Membership.objects.filter(user=person).for_lists()
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "person": person,
        "is_self": person == request.user,
        "page": page,
        "lines": listing.lines(page, viewer=request.user, desk=DESK),
        "waiting": listing.waiting(Q(user=person), viewer=request.user, desk=DESK),
        "events": recording.shown(AccessEvent.objects.filter(user=person)),
    }
    return render(request, "municipalities/people/user.html", context)


def page_of(row):
    return reverse("people:users_user", args=[row.user_id])


def membership_of(pk):
    return get_object_or_404(Membership.objects.select_related("user"), pk=pk)


def invitation_of(pk):
    return get_object_or_404(inviting.waiting().select_related("user", "token"), pk=pk)


@requires(Permission.OPERATE)
def term(request, membership_pk):
    row = membership_of(membership_pk)
    return pages.term(request, DESK, row, back=page_of(row))


@require_POST
@requires(Permission.OPERATE)
def end(request, membership_pk):
    row = membership_of(membership_pk)
    return pages.end(request, DESK, row, back=page_of(row))


@require_POST
@requires(Permission.OPERATE)
def resend(request, invitation_pk):
    return pages.resend(request, DESK, invitation_of(invitation_pk))


@require_POST
@requires(Permission.OPERATE)
def withdraw(request, invitation_pk):
    return pages.withdraw(request, DESK, invitation_of(invitation_pk))


@require_POST
@requires(Permission.OPERATE)
def deactivate(request, user_pk):
    return switch(request, user_pk, granting.deactivate, "利用を停止しました。")


@require_POST
@requires(Permission.OPERATE)
def reactivate(request, user_pk):
    return switch(request, user_pk, granting.reactivate, "利用を再開しました。")


def switch(request, user_pk, deed, done):
    person = get_object_or_404(User, pk=user_pk)
    try:
        changed = deed(person, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.info(request, done if changed else "すでにその状態です。変更していません。")
    return redirect("people:users_user", user_pk)
