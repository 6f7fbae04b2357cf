"""The heads of the reports that wait for an adviser: the one place that reads across municipalities."""

from municipalities.access import Permission, permissions_of
from municipalities.choices import ScopeKind
from municipalities.models import Municipality
from municipalities.tenancy import across
from reports.models import ProgressReport


def municipalities_of(user):
    """Return the municipalities whose submitted reports this person may read today."""
    codes = [
        membership.scope_code
        for membership in user.memberships.in_term()
        if membership.scope_kind == ScopeKind.MUNICIPALITY
        and Permission.READ_SUBMITTED in permissions_of([membership])
    ]
    return list(Municipality.objects.filter(code__in=codes))


def heads_for(user):
    """Return submitted reports of all their municipalities, the longest waiting first."""
    places = municipalities_of(user)
    if not places:
        return []
    with across(places):
        return list(
            ProgressReport.objects.submitted()
            .select_related("cycle__municipality__prefecture", "step")
            .order_by("submitted_at", "pk")
        )
