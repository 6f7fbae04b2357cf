"""The order of boxes in the fixed columns of a diagram, with few crossing lines (docs/adr/0012).

Barycentre and transpose from several starts, the first of them the order people gave: it is left
only for fewer crossings. Pure and deterministic.
"""

from __future__ import annotations

import random
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STARTS, ROUNDS, SEED = 5, 4, 1
# A small column is put right by every exchange of neighbours; this many passes are plenty.
PASSES = 8

Layers = list[list[str]]


@dataclass(slots=True)
class Neighbours:
    """Which boxes stand before and behind each box, in the next columns."""

    before: dict[str, list[str]] = field(default_factory=dict)
    behind: dict[str, list[str]] = field(default_factory=dict)


def joined(
    columns: Sequence[Sequence[str]], links: Iterable[tuple[str, str]], *, shared: bool = True
) -> tuple[Layers, list[tuple[str, str]], dict[str, str]]:
    """Cut links that pass over columns into steps from one column to the next.

    Returns the columns with their joints, the steps, and of each joint the box that it leads to.
    With `shared` the lines to one box run together from the first column that they pass.
    """
    layers = [list(column) for column in columns]
    column_of = {key: index for index, column in enumerate(columns) for key in column}
    steps: list[tuple[str, str]] = []
    joints: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for start, end in links:
        last = start
        for index in range(column_of[start] + 1, column_of[end]):
            joint = f"→{end}@{index}" if shared else f"→{start}→{end}@{index}"
            if joint not in joints:
                joints[joint] = end
                layers[index].append(joint)
            _step(last, joint, steps, seen)
            last = joint
        _step(last, end, steps, seen)
    return layers, steps, joints


def _step(start: str, end: str, steps: list[tuple[str, str]], seen: set[tuple[str, str]]) -> None:
    if (start, end) not in seen:
        seen.add((start, end))
        steps.append((start, end))


def crossings(layers: Sequence[Sequence[str]], steps: Iterable[tuple[str, str]]) -> int:
    """Count the pairs of steps that cross, between columns that stand side by side."""
    return _crossings(layers, _neighbours(steps))


def ordered(
    layers: Layers, steps: Sequence[tuple[str, str]], *, starts: int = STARTS, rounds: int = ROUNDS
) -> Layers:
    """Return the columns reordered for few crossings; as they are where nothing crosses."""
    near = _neighbours(steps)
    best, least = [list(layer) for layer in layers], _crossings(layers, near)
    chance = random.Random(SEED)  # noqa: S311 -- a draw of orders, not of secrets
    for number in range(starts):
        if not least:
            break
        start = [list(layer) for layer in layers]
        if number:
            for layer in start:
                chance.shuffle(layer)
        found, count = _improved(start, near, rounds)
        if count < least:
            best, least = found, count
    return best


def _neighbours(steps: Iterable[tuple[str, str]]) -> Neighbours:
    near = Neighbours()
    for start, end in steps:
        near.behind.setdefault(start, []).append(end)
        near.before.setdefault(end, []).append(start)
    return near


def _crossings(layers: Sequence[Sequence[str]], near: Neighbours) -> int:
    total = 0
    for left, right in pairwise(layers):
        at = {key: index for index, key in enumerate(right)}
        ends: list[int] = []
        for key in left:
            places = sorted(at[other] for other in near.behind.get(key, ()))
            # Equal ends meet in one box; only lines that end below cross.
            total += sum(len(ends) - _up_to(ends, place) for place in places)
            for place in places:
                insort(ends, place)
    return total


def _up_to(ends: list[int], place: int) -> int:
    """Return how many of the sorted ends lie at a place or above it."""
    return bisect_left(ends, place + 1)


def _improved(layers: Layers, near: Neighbours, rounds: int) -> tuple[Layers, int]:
    """Sweep forth and back; return the best order met on the way and its crossings."""
    best, least = [list(layer) for layer in layers], _crossings(layers, near)
    for number in range(rounds):
        _sweep(layers, near, is_forth=number % 2 == 0)
        _transpose(layers, near)
        count = _crossings(layers, near)
        if count < least:
            best, least = [list(layer) for layer in layers], count
    return best, least


def _sweep(layers: Layers, near: Neighbours, *, is_forth: bool) -> None:
    """Sort each column by the middle of what its boxes are joined to in the column just sorted."""
    beside = near.before if is_forth else near.behind
    indexes = range(1, len(layers)) if is_forth else range(len(layers) - 2, -1, -1)
    for index in indexes:
        fixed = layers[index - 1 if is_forth else index + 1]
        at = {key: place for place, key in enumerate(fixed)}
        weights = {}
        for place, key in enumerate(layers[index]):
            others = beside.get(key)
            weights[key] = sum(at[one] for one in others) / len(others) if others else place
        layers[index].sort(key=weights.__getitem__)


def _transpose(layers: Layers, near: Neighbours) -> None:
    """Exchange neighbours wherever that takes crossings away."""
    for index, layer in enumerate(layers):
        sides = []
        if index:
            sides.append(_places(layer, near.before, layers[index - 1]))
        if index + 1 < len(layers):
            sides.append(_places(layer, near.behind, layers[index + 1]))
        for _ in range(PASSES):
            if not _exchanged(layer, sides):
                break


def _places(
    layer: list[str], beside: dict[str, list[str]], fixed: list[str]
) -> dict[str, list[int]]:
    at = {key: place for place, key in enumerate(fixed)}
    return {key: sorted(at[other] for other in beside.get(key, ())) for key in layer}


def _exchanged(layer: list[str], sides: list[dict[str, list[int]]]) -> bool:
    has_changed = False
    for place in range(len(layer) - 1):
        upper, lower = layer[place], layer[place + 1]
        gain = sum(_gain(side[upper], side[lower]) for side in sides)
        if gain > 0:
            layer[place], layer[place + 1] = lower, upper
            has_changed = True
    return has_changed


def _gain(upper: list[int], lower: list[int]) -> int:
    """Return how many crossings an exchange takes away, of the lines of two boxes to one side."""
    if not upper or not lower:
        return 0
    gain = 0
    for place in upper:
        gain += bisect_left(lower, place) - len(lower) + bisect_left(lower, place + 1)
    return gain
