"""課題整理表: for every scene its desired state and, one by one, what lies between it and today."""

from dataclasses import dataclass

from logicmodels.choices import SCENES_OF_A_PLAN
from logicmodels.models import DesiredState, Issue
from municipalities.choices import Scene


@dataclass(frozen=True, slots=True)
class SceneSheet:
    """A scene with its desired state (None while it has no row) and its issues in their order."""

    scene: Scene
    goal: DesiredState | None
    issues: tuple[Issue, ...]


def of(cycle):
    """Return the sheet of every scene in the order of the plan, in two queries."""
    goals = {goal.scene: goal for goal in DesiredState.objects.filter(cycle=cycle)}
    issues = Issue.objects.filter(cycle=cycle).order_by("position", "pk")
    return [
        SceneSheet(
            scene,
            goals.get(scene.value),
            tuple(issue for issue in issues if issue.scene == scene),
        )
        for scene in SCENES_OF_A_PLAN
    ]
