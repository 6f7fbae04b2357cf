"""A logic model as it is stored, gathered for screen and paper: its structure and its goal."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from logicmodels.models import DesiredState, LogicModel, Outcome, OutcomeLink, Placement
from logicmodels.shape.structure import Effect, Link, Place, Structure, build

IN_ORDER = ("position", "key")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the paper of a logic model shows. `goal` is the desired state of its scene; it may be unwritten."""

    structure: Structure
    goal: str


def models_of(cycle):
    """Return the logic models of a year with how many outcomes and placements each has."""
    return (
        LogicModel.objects.filter(cycle=cycle)
        .annotate(
            outcome_count=Count("outcomes", distinct=True),
            placement_count=Count("outcomes__placements", distinct=True),
        )
        .order_by(*IN_ORDER)
    )


def outcomes_of(model):
    return Outcome.objects.filter(logic_model=model).order_by(*IN_ORDER)


def placements_of(model):
    placements = Placement.objects.filter(outcome__logic_model=model)
    return placements.select_related("outcome", "activity").order_by(*IN_ORDER)


def links_of(model):
    links = OutcomeLink.objects.filter(logic_model=model).select_related("cause", "effect")
    return links.order_by("cause__position", "effect__position", "key")


def structure_of(model):
    """Return the structure of a stored model: three queries, however many rows."""
    return structured(outcomes_of(model), placements_of(model), links_of(model))


def structured(outcomes, placements, links=()):
    """Return the structure of rows that are read already."""
    return build(
        [effect_of(outcome) for outcome in outcomes],
        [place_of(placement) for placement in placements],
        [Link(one.key, one.cause.key, one.effect.key, one.assumption) for one in links],
    )


def effect_of(outcome):
    return Effect(outcome.key, outcome.text, outcome.level, outcome.subject)


def place_of(placement):
    return Place(
        placement.key,
        placement.outcome.key,
        placement.activity.key,
        placement.activity.name,
        placement.note,
        placement.assumption,
    )


def sheet_of(model):
    goal = DesiredState.objects.filter(cycle=model.cycle, scene=model.scene).first()
    return Sheet(structure_of(model), goal.text if goal else "")
