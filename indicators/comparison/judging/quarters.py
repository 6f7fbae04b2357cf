"""Quartiles, quarters and ranks of numbers: exact, on integers alone. Pure.

Quartiles lie between neighbours by linear interpolation, so they are told four times as large as the
numbers. A number on a boundary belongs to the better quarter (ux.md 2.13).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import Direction
from indicators.comparison.shape import Quarter

if TYPE_CHECKING:
    from collections.abc import Sequence

# Fewer say nothing of quarters.
LEAST_COMPARED = 8
PARTS = 4
QUARTERS = tuple(Quarter)


@dataclass(frozen=True, slots=True)
class Cuts:
    """The three quartiles of numbers, each four times as large as it is."""

    first: int
    median: int
    third: int


def cuts(ordered: Sequence[int]) -> Cuts:
    """Return the quartiles of at least one number; the numbers come in rising order."""
    return Cuts(*(_between(ordered, part) for part in (1, 2, 3)))


def _between(ordered: Sequence[int], part: int) -> int:
    place, rest = divmod((len(ordered) - 1) * part, PARTS)
    if not rest:
        return ordered[place] * PARTS
    return ordered[place] * (PARTS - rest) + ordered[place + 1] * rest


def quarters_of(ordered: Sequence[int], direction: str) -> dict[int, Quarter]:
    """Return the quarter of each number; the numbers come in rising order, at least one.

    4 is the best where one way is better, else the highest. A number that is the worst of all and the median
    as well has none: of many zeros none is higher than the median.
    """
    found = cuts(ordered)
    lower = direction == Direction.LOWER
    # A number on a boundary goes to the better side: up where higher is better, down where lower is.
    told = QUARTERS[::-1] if lower else QUARTERS
    parts = (found.first, found.median, found.third)
    ends = [
        bisect_right(ordered, cut // PARTS) if lower else bisect_left(ordered, -(-cut // PARTS))
        for cut in parts
    ]
    quarters: dict[int, Quarter] = {}
    for quarter, begin, end in zip(told, (0, *ends), (*ends, len(ordered)), strict=True):
        quarters.update(dict.fromkeys(ordered[begin:end], quarter))
    worst = ordered[-1 if lower else 0]
    if found.median == worst * PARTS and ordered[0] != ordered[-1]:
        del quarters[worst]
    return quarters


def is_divided(ordered: Sequence[int]) -> bool:
    """Say whether quarters say anything: enough numbers, and not all of them the same."""
    return len(ordered) >= LEAST_COMPARED and ordered[0] != ordered[-1]


def ranks_of(ordered: Sequence[int], direction: str) -> dict[int, int]:
    """Return the rank of each number: 1 is the best, or the highest; equal ones share the better rank."""
    worst_first = reversed(ordered) if direction == Direction.LOWER else ordered
    return dict(zip(worst_first, range(len(ordered), 0, -1), strict=True))
