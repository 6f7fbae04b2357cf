"""Indicators at the outcomes of a logic model: which stand where, in which order, and 「(再)」 for those used twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from indicators.models import Indicator, IndicatorUse
from logicmodels.logic.arranging import locked
from logicmodels.shape import structure
from municipalities.kernel import changes, trash
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from logicmodels.models import LogicModel, Outcome
    from municipalities.models import User


@dataclass(frozen=True, slots=True)
class Placed:
    """An indicator at an outcome, as table and paper show it."""

    key: str
    outcome: str
    text: str
    note: str
    is_again: bool


def indicators_of(cycle):
    """Return the indicators of a year in their order, each with its definition."""
    rows = Indicator.objects.filter(cycle=cycle).select_related("definition", "own_definition")
    return rows.order_by("position", "key")


def uses_of(model):
    """Return the uses of a whole model in the order of its table: one query."""
    rows = IndicatorUse.objects.filter(outcome__logic_model=model)
    return rows.select_related(
        "outcome", "indicator__definition", "indicator__own_definition"
    ).order_by("outcome__position", "outcome__key", "position", "key")


def placed_in(model: LogicModel) -> dict[str, tuple[Placed, ...]]:
    """Return what stands at each outcome, by the outcome's key."""
    uses = list(uses_of(model))
    marks = structure.again(use.indicator.key for use in uses)
    found: dict[str, tuple[Placed, ...]] = {}
    for use, is_again in zip(uses, marks, strict=True):
        outcome = use.outcome.key
        one = Placed(use.key, outcome, str(use.indicator), use.note, is_again)
        found[outcome] = (*found.get(outcome, ()), one)
    return found


def place_at(outcome: Outcome, *, wanted: set[str], shown: set[str], by: User) -> tuple[int, int]:
    """Let the wanted indicators stand at an outcome; return how many came and went.

    `shown` are those that were ticked when the page was opened: what somebody has added since stays.
    """
    with transaction.atomic():
        uses = _uses_at(outcome)
        there = {use.indicator.key: use for use in uses}
        last = max((use.position for use in uses), default=0)
        rows = indicators_of(outcome.cycle).filter(key__in=wanted - set(there))
        came = [
            _new_use(outcome, row, position, by=by) for position, row in enumerate(rows, last + 1)
        ]
        went = [there[key] for key in there if key in shown and key not in wanted]
        for use in went:
            trash.throw_away(use, by=by, title=f"指標の配置「{use.indicator}」")
    return len(came), len(went)


def _uses_at(outcome: Outcome) -> list[IndicatorUse]:
    """Return the uses at an outcome in their order, locked with their model."""
    locked(outcome.logic_model)
    rows = IndicatorUse.objects.filter(outcome=outcome).select_for_update(of=("self",))
    uses = rows.select_related("indicator__definition", "indicator__own_definition")
    found = list(uses.order_by("position", "key"))
    for use in found:
        use.cycle, use.outcome = outcome.cycle, outcome
    return found


def _new_use(outcome: Outcome, indicator: Indicator, position: int, *, by: User) -> IndicatorUse:
    use = IndicatorUse(
        cycle=outcome.cycle,
        key=new_key("use"),
        outcome=outcome,
        indicator=indicator,
        position=position,
    )
    changes.create_versioned(use, by=by)
    return use


def move(outcome: Outcome, key: str, *, step: int, by: User) -> None:
    """Let an indicator trade places with the one above (−1) or below it (1); gone or at the end, nothing moves."""
    with transaction.atomic():
        uses = _uses_at(outcome)
        index = next((at for at, use in enumerate(uses) if use.key == key), None)
        if index is None:
            return
        uses.insert(max(index + step, 0), uses.pop(index))
        slots = structure.slots([use.position for use in uses])
        for use, position in zip(uses, slots, strict=True):
            use.position = position
            changes.save_versioned(
                use, by=by, expected_version=use.version, fields=("position",), deed="move"
            )
