"""The order of boxes in the fixed columns of a diagram, with few crossing lines (docs/adr/0012).

Boxes that hang together come to stand at one height (the slowest swing of the whole net), sweeps bring
each to the middle of its neighbours, and moves of single boxes take away what still crosses. The order
people gave is where it begins, and is left only for fewer crossings. Pure and deterministic.
"""

from __future__ import annotations

import random
import struct
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# So often every box takes the mean of its neighbours, with so much of the last step kept as momentum.
SWINGS, MOMENTUM = 60, 0.4
SWEEPS, ROUNDS, PASSES = 6, 20, 3
# A small net is begun more often, as it costs little: so many steps in all, at most so many times.
EFFORT, MOST_STARTS, SEED = 160, 8, 1
# Crossings of a box with every other of its column stand side by side in one whole number, so many bits each.
BITS, BYTES = 32, 4

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


def ordered(layers: Layers, steps: Sequence[tuple[str, str]]) -> Layers:
    """Return the columns reordered for few crossings; as they are where nothing crosses."""
    near = _neighbours(steps)
    given = [list(layer) for layer in layers]
    least = _crossings(given, near)
    if not least:
        return given
    best = given
    for start in _starts(given, near, count=max(1, min(MOST_STARTS, EFFORT // len(steps)))):
        found = _swept(start, near)
        _settle(found, near)
        count = _crossings(found, near)
        if count < least:
            best, least = found, count
    return best


def _starts(given: Layers, near: Neighbours, *, count: int) -> Iterator[Layers]:
    """Yield the orders to begin with: the swing's, the given one, then shuffled ones."""
    yield _swung(given, near)
    chance = random.Random(SEED)  # noqa: S311 -- a draw of orders, not of secrets
    for number in range(1, count):
        start = [list(layer) for layer in given]
        for layer in start if number > 1 else ():
            chance.shuffle(layer)
        yield start


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


def _swung(layers: Layers, near: Neighbours) -> Layers:
    """Sort columns by the slowest swing of the net: what hangs together swings together.

    It is found by power iteration with momentum from the given heights, where the quick swings die away.
    """
    around = {
        key: near.before.get(key, []) + near.behind.get(key, [])
        for layer in layers
        for key in layer
    }
    height = {key: (n + 0.5) / len(layer) for layer in layers for n, key in enumerate(layer)}
    number = {key: index for index, key in enumerate(around)}
    beside = [[number[other] for other in others] for others in around.values()]
    swung = dict(zip(around, _swing([height[key] for key in around], beside), strict=True))
    return [sorted(layer, key=swung.__getitem__) for layer in layers]


def _swing(now: list[float], beside: list[list[int]]) -> list[float]:
    """Let every box take half the mean of its neighbours, again and again; the common height does not matter."""
    shares = [1 / len(others) if others else 0.0 for others in beside]
    half, last = (1 + MOMENTUM) / 2, now
    for _ in range(SWINGS):
        moved = [
            half * (own + share * sum([now[other] for other in others])) - MOMENTUM * was
            for own, was, share, others in zip(now, last, shares, beside, strict=True)
        ]
        last, now = now, moved
    return now


def _swept(layers: Layers, near: Neighbours) -> Layers:
    """Sweep forth and back; return the best order met on the way."""
    best, least = [list(layer) for layer in layers], _crossings(layers, near)
    for number in range(SWEEPS):
        _sweep(layers, near, is_forth=number % 2 == 0)
        count = _crossings(layers, near)
        if count < least:
            best, least = [list(layer) for layer in layers], count
    return best


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
            weights[key] = sum([at[one] for one in others]) / len(others) if others else place
        layers[index].sort(key=weights.__getitem__)


def _settle(layers: Layers, near: Neighbours) -> None:
    """Move single boxes for as long as that takes crossings away; a column is looked at again when one beside it changed."""
    waiting = set(range(len(layers)))
    for number in range(ROUNDS):
        for index in sorted(waiting, reverse=bool(number % 2)):
            waiting.discard(index)
            if _is_moved(layers, index, near):
                waiting |= {index - 1, index + 1} & set(range(len(layers)))


def _is_moved(layers: Layers, index: int, near: Neighbours) -> bool:
    """Bring the boxes of one column to their best places; say whether any of them moved."""
    layer, sides = layers[index], []
    if index:
        sides.append((near.before, layers[index - 1]))
    if index + 1 < len(layers):
        sides.append((near.behind, layers[index + 1]))
    above = _crossings_above(layer, sides)
    # What it takes away to put one box above another that it stands below.
    gains = [
        [theirs - own for own, theirs in zip(row, column, strict=True)]
        for row, column in zip(above, zip(*above, strict=True), strict=True)
    ]
    order = list(range(len(layer)))
    moves = [_move(order, box, gains[box]) for _ in range(PASSES) for box in range(len(layer))]
    layers[index] = [layer[box] for box in order]
    return any(moves)


def _crossings_above(
    layer: list[str], sides: Iterable[tuple[dict[str, list[str]], list[str]]]
) -> list[list[int]]:
    """Return for each box how many lines cross with each other box below it: all others at once, in one number."""
    rows = [0] * len(layer)
    for beside, fixed in sides:
        at = {key: place for place, key in enumerate(fixed)}
        places = [[at[other] for other in beside.get(key, ())] for key in layer]
        ends = [0] * len(fixed)
        for box, found in enumerate(places):
            for place in found:
                ends[place] += 1 << (BITS * box)
        higher = list(accumulate(ends, initial=0))
        for box, found in enumerate(places):
            rows[box] += sum([higher[place] for place in found])
    return [
        list(struct.unpack(f"<{len(layer)}I", row.to_bytes(BYTES * len(layer), "little")))
        for row in rows
    ]


def _move(order: list[int], box: int, gains: list[int]) -> bool:
    """Put a box where it crosses least; say whether that is elsewhere."""
    here = order.index(box)
    best, place, gain = 0, here, 0
    for other in range(here - 1, -1, -1):
        gain += gains[order[other]]
        if gain > best:
            best, place = gain, other
    gain = 0
    for other in range(here + 1, len(order)):
        gain -= gains[order[other]]
        if gain > best:
            best, place = gain, other
    if best:
        order.insert(place, order.pop(here))
    return best > 0
