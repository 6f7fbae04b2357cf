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
    from collections.abc import Callable, Sequence

# Fewer say nothing of quarters.
LEAST_COMPARED = 8
PARTS = 4


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


def quarter_of(found: Cuts, direction: str) -> Callable[[int], Quarter]:
    """Return what tells the quarter of a number: the best where one way is better, else the highest is 4."""
    rising = direction != Direction.LOWER
    # Turned round where lower is better, so that "at least" is "at least as good".
    sign = 1 if rising else -1
    borders = sorted(sign * cut for cut in (found.first, found.median, found.third))

    def tell(number: int) -> Quarter:
        return Quarter(1 + bisect_right(borders, sign * number * PARTS))

    return tell


def is_divided(ordered: Sequence[int]) -> bool:
    """Say whether quarters say anything: enough numbers, and not all of them the same."""
    return len(ordered) >= LEAST_COMPARED and ordered[0] != ordered[-1]


def rank_of(ordered: Sequence[int], direction: str) -> Callable[[int], int]:
    """Return what tells the rank of a number: 1 is the best, or the highest; equal ones share the better rank."""
    if direction == Direction.LOWER:
        return lambda number: bisect_left(ordered, number) + 1
    return lambda number: len(ordered) - bisect_right(ordered, number) + 1
