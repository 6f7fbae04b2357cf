"""How far a year's evaluation and improvements are, counted by scene for the board: one query."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from councils.meetings.meeting_calendar import judging_years
from councils.models import Evaluation, Improvement, Judgement, Meeting
from logicmodels.models import Outcome
from municipalities.choices import Scene

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import Cycle

OUTCOME, IMPROVEMENT = "outcome", "improvement"


def of(cycle: Cycle) -> dict[Scene, dict[str, Any]]:
    """Return the counts of each scene that has any, by their names in SceneFacts."""
    found: dict[Scene, Counter[str]] = defaultdict(Counter)
    # A union of both tables: the board reads many.
    for kind, own, of_model, first, second in _outcomes(cycle).union(
        _improvements(cycle), all=True
    ):
        scene = _scene_of(own, of_model)
        if kind == OUTCOME:
            found[scene].update(outcomes=1, told=first, judged=second)
        else:
            found[scene]["decided" if first else "proposed"] += 1
    return {scene: dict(counts) for scene, counts in found.items()}


def _outcomes(cycle: Cycle) -> Any:
    told = Evaluation.objects.filter(outcome=OuterRef("pk"), is_drafted=False)
    judged = Judgement.objects.filter(evaluation__outcome=OuterRef("pk"), meeting__in=_held(cycle))
    rows = Outcome.objects.filter(cycle=cycle).order_by()
    rows = rows.annotate(of=Value(OUTCOME), is_told=Exists(told), is_judged=Exists(judged))
    return rows.values_list("of", "scene", "logic_model__scene", "is_told", "is_judged")


def _improvements(cycle: Cycle) -> Any:
    held = _held(cycle)
    # A decision stands before a judgement, as on the pages.
    rows = (
        Improvement.objects.filter(cycle=cycle)
        .order_by()
        .annotate(
            of=Value(IMPROVEMENT),
            # An indicator has no scene of its own: its outcomes have, and may be of several.
            own_scene=Coalesce(
                F("outcome__scene"),
                F("activity__scene"),
                F("council__scene"),
                Value(Scene.ALL.value),
            ),
            is_decided=Exists(
                Improvement.objects.filter(pk=OuterRef("pk")).filter(
                    Q(decision__meeting__in=held)
                    | Q(decision__isnull=True, judgement__meeting__in=held)
                )
            ),
            nothing=Value(value=False),
        )
    )
    return rows.values_list(
        "of", "own_scene", "outcome__logic_model__scene", "is_decided", "nothing"
    )


def _held(cycle: Cycle) -> QuerySet[Meeting]:
    """Return the meetings that have taken place and may judge the year, as councils.evaluating.settling says it of one."""
    rows = Meeting.objects.filter(fiscal_year__in=judging_years(cycle), is_cancelled=False)
    return rows.filter(Q(held_on__lte=timezone.localdate()) | ~Q(minutes=""))


def _scene_of(scene: str, of_model: str | None) -> Scene:
    """An outcome of every scene is of its model's scene."""
    return Scene(of_model if scene == Scene.ALL and of_model else scene)
