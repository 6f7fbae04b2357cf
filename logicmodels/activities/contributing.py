"""What a contractor works on: the activities of the year in which its own body takes part, nothing else.

The body that carries an activity out writes all of its results and milestones; one that helps with it
writes its own results, and changes those only that its own accounts wrote last.
"""

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404

from logicmodels.activities.activity_sheet import by_day
from logicmodels.models import Activity, ActivityPartner, ActivityResult, Milestone
from municipalities.access import memberships_in
from municipalities.choices import Role, ScopeKind
from municipalities.models import Membership, Organization
from municipalities.rows.rows import ADVISERS_READ


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity as the contractor sees it: neither money nor the municipality's own notes."""

    activity: Activity
    is_executor: bool
    milestones: tuple[Milestone, ...]
    results: tuple[ActivityResult, ...]
    # The keys of the results that this body may change.
    changeable: frozenset[str] = frozenset()

    @property
    def part(self):
        return "実施主体" if self.is_executor else "協力団体"


def bodies_of(user, municipality):
    """Return the bodies for which an account acts here today; none while nobody has said which."""
    keys = {
        membership.organization_key
        for membership in memberships_in(user, ScopeKind.MUNICIPALITY, municipality.code)
        if membership.role == Role.CONTRIBUTOR
    }
    return list(Organization.objects.filter(key__in=keys - {""}).order_by("key"))


def activities_of(cycle, bodies):
    """Return the year's activities that these bodies carry out or help with, but those that stay 庁内."""
    partners = ActivityPartner.objects.filter(activity=OuterRef("pk"), organization__in=bodies)
    return Activity.objects.filter(
        Q(executor__in=bodies) | Exists(partners), cycle=cycle, audience__in=ADVISERS_READ
    )


def sheets(cycle, bodies):
    """Return them with their milestones and results, in three queries."""
    rows = activities_of(cycle, bodies).prefetch_related(
        Prefetch("milestone_set", Milestone.objects.order_by("pk")),
        Prefetch("activityresult_set", ActivityResult.objects.order_by("pk")),
    )
    return [_shown(row, bodies) for row in rows.order_by("position", "pk")]


def sheet(cycle, bodies, key):
    """Return one of them, and which results may be changed. Raises Http404 for everybody else's."""
    shown = _shown(one(cycle, bodies, key), bodies)
    rows = shown.results if shown.is_executor else _written_by(bodies, shown.results)
    return replace(shown, changeable=frozenset(row.key for row in rows))


def one(cycle, bodies, key):
    activity = activities_of(cycle, bodies).filter(key=key).first()
    if activity is None:
        raise Http404
    return activity


def carries_out(activity, bodies):
    return activity.executor_id in {body.pk for body in bodies}


def require_executor(activity, bodies):
    """Raise PermissionDenied for a body that only helps."""
    if not carries_out(activity, bodies):
        raise PermissionDenied


def require_own(result, bodies):
    """Raise PermissionDenied where a body only helps and its accounts did not write this result last."""
    if not carries_out(result.activity, bodies) and not _written_by(bodies, [result]):
        raise PermissionDenied


def _written_by(bodies, results):
    """Return those of the results that an account of these bodies wrote last, in one query."""
    accounts = Membership.objects.filter(
        role=Role.CONTRIBUTOR,
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code=bodies[0].municipality.code,
        organization_key__in=[body.key for body in bodies],
    )
    ours = set(accounts.values_list("user_id", flat=True))
    return [row for row in results if row.updated_by_id in ours]


def _shown(activity, bodies):
    return Shown(
        activity,
        is_executor=carries_out(activity, bodies),
        milestones=by_day(activity.milestone_set.all(), "due_on"),
        results=by_day(activity.activityresult_set.all(), "held_on"),
    )
