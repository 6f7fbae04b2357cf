"""取組台帳: the activities of a year grouped by scene, as the list and the paper show them."""

import unicodedata
from dataclasses import dataclass

from django.db.models import Count

from logicmodels.choices import SCENES_OF_A_PLAN
from logicmodels.models import Activity, DesiredState
from municipalities.choices import Scene


@dataclass(frozen=True, slots=True)
class SceneGroup:
    """A scene with its desired state (None while unwritten) and what is done for it."""

    scene: Scene
    goal: DesiredState | None
    activities: tuple[Activity, ...]


def activities_of(cycle):
    """Return the year's activities by scene in the order of the plan, each with its number of `places`."""
    rows = (
        Activity.objects.filter(cycle=cycle)
        .select_related("executor", "area")
        .prefetch_related("activitypartner_set__organization")
        .annotate(places=Count("placements"))
        .order_by("position", "pk")
    )
    return sorted(rows, key=lambda activity: SCENES_OF_A_PLAN.index(Scene(activity.scene)))


def matching(activities, *, scene="", item="", q=""):
    """Keep the activities of a scene, of a work item, and with every word of a text."""
    words = folded(q).split()
    return [
        activity
        for activity in activities
        if scene in {"", activity.scene}
        and item in {"", activity.work_item}
        and all(word in searched_text(activity) for word in words)
    ]


def searched_text(activity):
    """Return what a search looks through: the texts of an activity and the bodies that carry it."""
    bodies = [activity.executor, *(one.organization for one in activity.activitypartner_set.all())]
    texts = (activity.name, activity.description, activity.target_group, *filter(None, bodies))
    return folded("\n".join(map(str, texts)))


def folded(text):
    """Return a text in which width and case of letters make no difference."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def groups(activities, *, goals, keep_empty):
    """Return the activities under their scenes; scenes without any only where the whole is shown."""
    found = [
        SceneGroup(
            scene, goals.get(scene.value), tuple(one for one in activities if one.scene == scene)
        )
        for scene in SCENES_OF_A_PLAN
    ]
    return [group for group in found if keep_empty or group.activities]


def goals_of(cycle):
    """Return the written desired states of a year by scene."""
    return {goal.scene: goal for goal in DesiredState.objects.filter(cycle=cycle).exclude(text="")}
