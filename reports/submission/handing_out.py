"""What a hand-out for the council may show of a year: nothing 庁内, no number that the disclosure rules hide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from councils import agreement
from municipalities import dates
from municipalities.choices import Audience
from reports.document import assembly, snapshot
from reports.document.copied_numbers import codes_shown, hidden, suppressed
from reports.document.reading import gather
from reports.models import CouncilQuestion
from reports.paper.handout import Handout, handout
from reports.submission.publishing import population_of

if TYPE_CHECKING:
    from typing import Any

    from municipalities.choices import Scene
    from municipalities.models import Cycle
    from reports.document.year_review import YearReview


# What the sheet prints, and what says of it where it belongs.
PARTS = frozenset(
    {
        "desired_states",
        "issues",
        "activities",
        "logic_models",
        "outcomes",
        "own_definitions",
        "indicators",
        "targets",
        "indicator_uses",
        "issue_figures",
        "measurements",
    }
)


def handed_out(cycle: Cycle, scene: Scene) -> Handout:
    """Return the sheet of a scene as the year stands now, whatever is written of it.

    The council's members are people outside the house: they get what any copy would tell.
    """
    stored = assembly.stored_rows(cycle, only=PARTS)
    # Of the bodies the sheet names those alone that carry something out: they were read with it.
    stored["organizations"] = executors(stored["activities"])
    document = snapshot.year_document(cycle, stored=stored)
    out = hidden(
        document,
        codes=codes_shown(document, document["indicators"]),
        population=population_of(cycle, document),
    )
    document["measurements"] = [
        suppressed(row) if row["key"] in out else row for row in document["measurements"]
    ]
    return handout(
        with_agreements(gather(document), cycle, states=stored["desired_states"]),
        scene=scene,
        questions=questions_of(cycle, scene),
        made_on=dates.in_wareki(timezone.localdate()),
    )


def executors(activities: list[Any]) -> list[Any]:
    return list({one.executor_id: one.executor for one in activities if one.executor}.values())


def with_agreements(review: YearReview, cycle: Cycle, *, states: list[Any]) -> YearReview:
    """Return the year with the meetings that agreed to its goals: one query, of our own and of joint ones."""
    agreements = agreement.of(cycle, leaving=True)
    found = {state.scene: agreement.about(agreements, state) for state in states}
    agreed = {scene: one.in_words for scene, one in found.items() if one}
    goals = tuple(replace(goal, agreed=agreed.get(goal.scene, "")) for goal in review.goals)
    return replace(review, goals=goals)


def questions_of(cycle: Cycle, scene: Scene) -> str:
    """Return what is to be put before the council on this scene; nothing of what stays 庁内."""
    rows: Any = CouncilQuestion.objects.filter(cycle=cycle, scene=scene)
    row = rows.exclude(audience=Audience.INTERNAL).first()
    return row.text if row else ""
