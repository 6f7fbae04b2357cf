"""Which adviser is assigned to which municipality of a prefecture for which term, and its officers."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.choices import Role, ScopeKind
from municipalities.entrance import health_centres
from municipalities.models import AccessEvent, Membership, Municipality, User
from municipalities.people import desk as pages
from municipalities.people import inviting, listing, recording
from municipalities.people.addresses import Desk
from municipalities.people.forms import PrefectureInviteForm
from municipalities.people.listing import ROWS_PER_PAGE

ROLES = frozenset({Role.ADVISER, Role.OFFICER})


def desk_of(request):
    return Desk("advisers", (request.scope.prefecture.code,))


def inside(request):
    """Return the condition of a scope in this prefecture's care: its towns', its health centres', its own."""
    prefecture = request.scope.prefecture
    towns = Municipality.objects.filter(prefecture=prefecture).values("code")
    return (
        Q(scope_kind=ScopeKind.MUNICIPALITY, scope_code__in=towns)
        | Q(scope_kind=ScopeKind.PREFECTURE, scope_code=prefecture.code)
        | Q(scope_kind=ScopeKind.HEALTH_CENTRE, scope_code__startswith=f"{prefecture.code}-")
    )


def in_care(request):
    return inside(request) & Q(role__in=ROLES)


def events_of(request):
    about = Q(after__role__in=list(ROLES)) | Q(before__role__in=list(ROLES))
    return AccessEvent.objects.filter(inside(request) & about)


@require_safe
@requires(Permission.MANAGE_PREFECTURE)
def advisers(request):
    desk = desk_of(request)
    rows = Membership.objects.filter(in_care(request)).for_lists()
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "prefecture": request.scope.prefecture,
        "page": page,
        "lines": listing.lines(page, viewer=request.user, desk=desk),
        "waiting": listing.waiting(in_care(request), viewer=request.user, desk=desk),
        "events": recording.shown(events_of(request)),
        "invite_url": desk.url("invite"),
        "assign_url": desk.url("assign"),
    }
    return render(request, "municipalities/people/advisers.html", context)


def places_of(request):
    """Return the municipalities to choose from, as codes and names."""
    rows = request.scope.prefecture.municipalities.without_wards()
    return list(rows.values_list("code", "name"))


@requires(Permission.MANAGE_PREFECTURE)
def invite(request):
    prefecture = request.scope.prefecture
    fixed = {
        "here": (ScopeKind.PREFECTURE, prefecture.code),
        "roles": ROLES,
        "places": places_of(request),
        "centres": [(centre.code, centre.name) for centre in health_centres.of(prefecture)],
    }
    return pages.invite(request, desk_of(request), PrefectureInviteForm, **fixed)


@requires(Permission.MANAGE_PREFECTURE)
def assign(request):
    """Only who advises in this prefecture already is offered: others are invited by their address."""
    known = Membership.objects.filter(inside(request), role=Role.ADVISER).values("user")
    return pages.assign(
        request,
        desk_of(request),
        here=(ScopeKind.PREFECTURE, request.scope.prefecture.code),
        places=places_of(request),
        advisers=User.objects.filter(pk__in=known, is_active=True).order_by("display_name", "pk"),
    )


def membership_of(request, pk):
    rows = Membership.objects.filter(in_care(request)).select_related("user")
    return get_object_or_404(rows, pk=pk)


def invitation_of(request, pk):
    rows = inviting.waiting().filter(in_care(request)).select_related("user", "token")
    return get_object_or_404(rows, pk=pk)


@requires(Permission.MANAGE_PREFECTURE)
def term(request, assignment_pk):
    return pages.term(request, desk_of(request), membership_of(request, assignment_pk))


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
def end(request, assignment_pk):
    return pages.end(request, desk_of(request), membership_of(request, assignment_pk))


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
def resend(request, offer_pk):
    return pages.resend(request, desk_of(request), invitation_of(request, offer_pk))


@require_POST
@requires(Permission.MANAGE_PREFECTURE)
def withdraw(request, offer_pk):
    return pages.withdraw(request, desk_of(request), invitation_of(request, offer_pk))
