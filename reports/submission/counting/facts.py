"""What a year holds, counted: the read-model of the board and of what is published of the year.

Seven queries, however many rows; within the municipality.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from indicators.choices import Direction, ValueState
from indicators.models import Indicator, IndicatorUse, Measurement, Target
from logicmodels.choices import ActivityStatus
from logicmodels.models import Activity, ActivityResult, DesiredState, Issue, Placement
from municipalities.choices import Scene
from reports.models import SupportStep
from reports.submission.counting import evaluated
from reports.submission.counting.phases import SCENES, SceneFacts, YearFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.models import Cycle

# What is on the way this year even before it has a result.
UNDER_WAY = frozenset({ActivityStatus.PLANNED, ActivityStatus.RUNNING})
GOAL, ISSUE = "goal", "issue"
AT_OUTCOME = ("outcome__scene", "outcome__logic_model__scene")


def of(cycle: Cycle, *, steps: Iterable[SupportStep] | None = None) -> YearFacts:
    """Count a year. `steps` are its steps of the support where the caller has read them already."""
    if steps is None:
        steps = SupportStep.objects.filter(cycle=cycle).only("held_on", "municipality")
    held = [step.held_on is not None and step.held_on <= timezone.localdate() for step in steps]
    goals, issues = _goals_and_issues(cycle)
    activities, indicators = _activities(cycle), _indicators(cycle)
    checked = evaluated.of(cycle)
    return YearFacts(
        {
            scene: replace(
                _scene(scene, goals, issues, activities, indicators), **checked.get(scene, {})
            )
            for scene in SCENES
        },
        issues=issues.total(),
        activities=len(activities),
        indicators=len(indicators),
        values_known=sum(one.row["is_told"] for one in indicators),
        steps=len(held),
        steps_held=sum(held),
    )


def _goals_and_issues(cycle: Cycle) -> tuple[set[str], Counter[str]]:
    """Return the scenes with a desired state, and how many issues each has, in one query."""
    goals = DesiredState.objects.filter(cycle=cycle).exclude(text="").order_by()
    issues = Issue.objects.filter(cycle=cycle).order_by()
    rows = (
        goals.annotate(kind=Value(GOAL))
        .values_list("kind", "scene")
        .union(issues.annotate(kind=Value(ISSUE)).values_list("kind", "scene"), all=True)
    )
    counted = Counter(rows)
    of_issues = {scene: number for (kind, scene), number in counted.items() if kind == ISSUE}
    return {scene for kind, scene in counted if kind == GOAL}, Counter(of_issues)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row's columns with the scenes in which it stands."""

    row: Mapping[str, Any]
    scenes: set[str] = field(default_factory=set)


def _activities(cycle: Cycle) -> list[_Placed]:
    """Return the year's activities in their order: each stands in its own scene and where models place it."""
    results = ActivityResult.objects.filter(activity=OuterRef("pk"))
    rows = Activity.objects.filter(cycle=cycle).annotate(has_result=Exists(results))
    found = {
        row["pk"]: _Placed(row, {row["scene"]})
        for row in rows.order_by("position", "pk").values(
            "pk", "key", "scene", "status", "has_result"
        )
    }
    placements = Placement.objects.filter(cycle=cycle).order_by()
    _place(found, placements.values_list("activity", *AT_OUTCOME))
    return list(found.values())


def _indicators(cycle: Cycle) -> list[_Placed]:
    """Return the year's indicators: each stands in the scenes of the outcomes that it measures."""
    told = Measurement.objects.filter(code=OuterRef("code"), fiscal_year=cycle.fiscal_year)
    rows = Indicator.objects.filter(cycle=cycle).annotate(
        direction=Coalesce("own_definition__direction", "definition__direction"),
        has_target=Exists(Target.objects.filter(indicator=OuterRef("pk"))),
        is_told=Exists(told.exclude(state=ValueState.NOT_ENTERED)),
    )
    found = {
        row["pk"]: _Placed(row)
        for row in rows.order_by("pk").values("pk", "direction", "has_target", "is_told")
    }
    uses = IndicatorUse.objects.filter(cycle=cycle).order_by()
    _place(found, uses.values_list("indicator", *AT_OUTCOME))
    return list(found.values())


def _place(found: dict[int, _Placed], places: Iterable[tuple[int, str, str]]) -> None:
    """Put rows where outcomes have them: an outcome of every scene is of its model's scene."""
    for pk, scene, scene_of_model in places:
        found[pk].scenes.add(scene_of_model if scene == Scene.ALL else scene)


def _scene(
    scene: Scene,
    goals: set[str],
    issues: Counter[str],
    activities: list[_Placed],
    indicators: list[_Placed],
) -> SceneFacts:
    here = [one.row for one in activities if scene in one.scenes]
    wanted = [row for row in here if row["has_result"] or row["status"] in UNDER_WAY]
    left = [row for row in wanted if not row["has_result"]]
    aims = Counter(_aim(one.row) for one in indicators if scene in one.scenes)
    return SceneFacts(
        has_goal=scene in goals,
        issues=issues[scene],
        activities=len(here),
        wanted=len(wanted),
        done=len(wanted) - len(left),
        next_key=left[0]["key"] if left else "",
        **aims,
    )


def _aim(row: Mapping[str, Any]) -> str:
    if row["has_target"]:
        return "aimed"
    return "watched" if row["direction"] == Direction.NEUTRAL else "aimless"
