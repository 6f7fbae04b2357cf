"""What of the year's evaluation a council of people outside the house may read. Pure.

As on the hand-out of a scene: nothing 庁内 nor what stands below it, and no draft that nobody has looked at.
Numbers were hidden before, where they were read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from municipalities.rows.rows import audience_lets_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from councils.evaluating.evaluating import Case
    from councils.evaluating.settling import Improved, Judged

Said = TypeVar("Said", "Judged", "Improved")


def let_out(cases: Iterable[Case]) -> list[Case]:
    """Return the cases that may leave the house, each with what may be said of it."""
    return [_case(one) for one in cases if _is_open(one.subject.column, one.subject.row)]


def _is_open(column: str, row: Any) -> bool:
    return audience_lets_out(row.logic_model if column == "outcome" else row)


def _case(case: Case) -> Case:
    row = case.evaluation
    is_open = row is not None and audience_lets_out(row)
    return replace(
        case,
        numbers=tuple(one for one in case.numbers if audience_lets_out(one.line.indicator)),
        evaluation=row if row is not None and is_open and not row.is_drafted else None,
        judgements=_said(case.judgements) if is_open else (),
        improvements=_said(one for one in case.improvements if _names_open(one)),
        of_indicators=_said(one for one in case.of_indicators if _names_open(one)),
    )


def _names_open(one: Improved) -> bool:
    """Say whether what an improvement names besides its subject may be named: an indicator, another activity."""
    named = (one.row.indicator, one.row.merged_into)
    return all(audience_lets_out(row) for row in named if row is not None)


def _said(rows: Iterable[Said]) -> tuple[Said, ...]:
    """Return what may be told; of a meeting 庁内 only that it has settled it."""
    return tuple(
        replace(one, place=replace(one.place, meeting="", when="", url=""))
        if one.place is not None and not one.place.is_open
        else one
        for one in rows
        if audience_lets_out(one.row)
    )
