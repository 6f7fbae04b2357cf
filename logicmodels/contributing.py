"""What a contractor works on: the activities of the year in which its own body takes part, nothing else."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404

from logicmodels.activity_sheet import by_day
from logicmodels.models import Activity, ActivityPartner, ActivityResult, Milestone
from municipalities.access import memberships_in
from municipalities.choices import Role, ScopeKind
from municipalities.models import Organization
from municipalities.rows import ADVISERS_READ


@dataclass(frozen=True, slots=True)
class Shown:
    """An activity as the contractor sees it: neither money nor the municipality's own notes."""

    activity: Activity
    part: str
    milestones: tuple[Milestone, ...]
    results: tuple[ActivityResult, ...]


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
    """Return one of them. Raises Http404 for everybody else's."""
    return _shown(one(cycle, bodies, key), bodies)


def one(cycle, bodies, key):
    activity = activities_of(cycle, bodies).filter(key=key).first()
    if activity is None:
        raise Http404
    return activity


def _shown(activity, bodies):
    is_executor = activity.executor_id in {body.pk for body in bodies}
    return Shown(
        activity,
        part="実施主体" if is_executor else "協力団体",
        milestones=by_day(activity.milestone_set.all(), "due_on"),
        results=by_day(activity.activityresult_set.all(), "held_on"),
    )
