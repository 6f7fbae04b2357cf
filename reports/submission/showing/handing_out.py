"""What a hand-out for the council may show of a year: nothing 庁内, no number that the disclosure rules hide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from councils.evaluating.evaluated import name_of
from councils.evaluating.evaluating import SUBJECTS
from councils.meetings import agreement
from councils.models import Evaluation
from logicmodels.document import OUTCOMES
from municipalities.choices import Audience, Scene
from municipalities.japanese import dates
from municipalities.rows.rows import audience_lets_out
from reports.document import assembly, snapshot
from reports.document.copied_numbers import codes_shown, hidden, suppressed
from reports.document.reading import gather
from reports.models import CouncilQuestion
from reports.paper.year.handout import Fact, Handout, handout
from reports.submission.showing.publishing import population_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from municipalities.models import Cycle
    from reports.document.year_review import YearReview


# What the sheet prints, and what says of it where it belongs.
PARTS = frozenset(
    {
        "desired_states",
        "issues",
        "activities",
        "results",
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
    stored = stored_for(cycle)
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
        facts=tuple(facts_of(cycle, scene)),
        questions=questions_of(cycle, scene),
        made_on=dates.in_wareki(timezone.localdate()),
    )


def stored_for(cycle: Cycle) -> dict[str, list[Any]]:
    """Return the rows of the sheet. What was read with another row is not asked for again."""
    stored: dict[str, list[Any]] = assembly.stored_rows(cycle, only=PARTS)
    outcomes: list[Any] = OUTCOMES.stored(cycle)
    return stored | {
        "outcomes": outcomes,
        "logic_models": beside(outcomes, "logic_model"),
        "own_definitions": beside(stored["indicators"], "own_definition"),
        # Of the bodies the sheet names those alone that carry something out.
        "organizations": beside(stored["activities"], "executor"),
    }


def beside(rows: list[Any], name: str) -> list[Any]:
    """Return what rows point at in a column, each once."""
    return list({one.pk: one for row in rows if (one := getattr(row, name))}.values())


def facts_of(cycle: Cycle, scene: Scene) -> Iterator[Fact]:
    """Yield what happened in a scene, in one query; nothing that is, or is about, something 庁内.

    A draft stays at home: nobody has looked yet whether its numbers may be told.
    """
    rows = Evaluation.objects.filter(cycle=cycle, is_drafted=False).select_related(*SUBJECTS)
    for row in rows.order_by("pk"):
        subject = row.subject
        around = subject.logic_model if row.column == "outcome" else subject
        is_here = scene_of(row.column, subject) in {scene, Scene.ALL}
        if is_here and audience_lets_out(row) and audience_lets_out(around):
            yield Fact(name_of(row.column, subject), row.text)


def scene_of(column: str, subject: Any) -> Scene:
    """Return the scene of what is evaluated; an outcome of every scene is of its model's."""
    if column == "outcome" and subject.scene == Scene.ALL:
        return Scene(subject.logic_model.scene)
    return Scene(subject.scene)


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
