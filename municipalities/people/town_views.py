"""The people of a municipality, managed by its managers."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires, roles_granted_by
from municipalities.choices import ScopeKind
from municipalities.models import AccessEvent, Membership, Organization
from municipalities.people import desk as pages
from municipalities.people import inviting, listing, recording
from municipalities.people.addresses import Desk
from municipalities.people.forms import InviteForm
from municipalities.people.listing import ROWS_PER_PAGE


def desk_of(request):
    return Desk("town", (request.municipality.code,))


def reach(request):
    return {"scope_kind": ScopeKind.MUNICIPALITY, "scope_code": request.municipality.code}


def organizations():
    return {row.key: row.name for row in Organization.objects.all()}


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def people(request):
    """Who may do what here until when, who is invited, and the record of both."""
    bodies, desk = organizations(), desk_of(request)
    rows = Membership.objects.filter(**reach(request)).for_lists()
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": listing.lines(page, viewer=request.user, desk=desk, organizations=bodies),
        "waiting": listing.waiting(
            Q(**reach(request)), viewer=request.user, desk=desk, organizations=bodies
        ),
        "events": recording.shown(AccessEvent.objects.filter(**reach(request))),
        "invite_url": desk.url("invite"),
    }
    return render(request, "municipalities/people/town.html", context)


@requires(Permission.MANAGE_PEOPLE)
def invite(request):
    here = (ScopeKind.MUNICIPALITY, request.municipality.code)
    return pages.invite(
        request,
        desk_of(request),
        InviteForm,
        here=here,
        roles=roles_granted_by(request.user, *here),
        organizations=list(organizations().items()),
    )


def membership_of(request, pk):
    rows = Membership.objects.filter(**reach(request)).select_related("user")
    return get_object_or_404(rows, pk=pk)


def invitation_of(request, pk):
    rows = inviting.waiting().filter(**reach(request)).select_related("user", "token")
    return get_object_or_404(rows, pk=pk)


@requires(Permission.MANAGE_PEOPLE)
def term(request, membership_pk):
    return pages.term(request, desk_of(request), membership_of(request, membership_pk))


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def end(request, membership_pk):
    return pages.end(request, desk_of(request), membership_of(request, membership_pk))


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def resend(request, invitation_pk):
    return pages.resend(request, desk_of(request), invitation_of(request, invitation_pk))


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def withdraw(request, invitation_pk):
    return pages.withdraw(request, desk_of(request), invitation_of(request, invitation_pk))
