"""Complementary suppression: which further cells of a table to hide, so that no hidden one can be computed.

After the hypercube method of official statistics (GHMITER): every small cell gets a box of hidden
cells around it, of which two opposite corners can grow as the others shrink while all totals stay. What
can be moved so is what a reader cannot know, so the protection is shown, not hoped for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    # A cell's place in every dimension (row, column; year; source); None is the total.
    Key = tuple[str | None, ...]

UNLIMITED = 10**12
# A small cell is known to hold at least one: zero is shown.
LEAST_HIDDEN = 1


class Unprotected(Exception):
    """Totals that everybody knows give a cell away, whatever is hidden."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by place; a total stands under None. `least` is the smallest count that may be shown.

    A cell that is hidden already has the value None. `known` cells are public elsewhere: hiding them
    would not help. Cells that are missing exist nowhere; what is never shown belongs into `unshown`.
    """

    cells: Mapping[Key, int | None]
    least: int
    known: Collection[Key] = ()
    unshown: Collection[Key] = ()

    def value(self, key: Key) -> int:
        """Return a cell's count; of one that was hidden before, the least it can be."""
        value = self.cells[key]
        return LEAST_HIDDEN if value is None else value

    def is_small(self, key: Key) -> bool:
        value = self.cells[key]
        return value is None or 0 < value < self.least

    def primary(self) -> set[Key]:
        """Return the cells that are too small to be shown, but for those that everybody knows."""
        return {key for key in self.cells if self.is_small(key) and key not in self.known}


@dataclass(frozen=True, slots=True)
class Box:
    """Corners that move together: `rising` grow by as much as `falling` shrink."""

    rising: tuple[Key, ...]
    falling: tuple[Key, ...]

    @property
    def corners(self) -> tuple[Key, ...]:
        return (*self.rising, *self.falling)


def hidden(table: Table) -> frozenset[Key]:
    """Return every cell to hide, small ones and those that would give them away.

    Of each small cell a reader cannot tell fewer than `least` values apart. Raises Unprotected
    where what is known outside leaves no way: then nothing of the table may be shown.
    """
    chosen = table.primary() | set(table.unshown)
    for key in sorted(table.primary(), key=lambda one: (-table.value(one), _order(one))):
        chosen |= _best(table, key, chosen)
    return frozenset(chosen)


def _best(table: Table, key: Key, chosen: set[Key]) -> set[Key]:
    """Return the corners of the box that hides least: fewest cells, then the smallest, totals last."""
    found = [
        (_price(table, box, chosen), set(box.corners))
        for box in boxes(table, key)
        if width(table, box) >= table.least
    ]
    if not found:
        raise Unprotected(key)
    return min(found, key=lambda one: one[0])[1]


def _price(table: Table, box: Box, chosen: set[Key]) -> tuple[int, int, int, list[tuple[str, ...]]]:
    fresh = [key for key in box.corners if key not in chosen]
    totals = sum(None in key for key in fresh)
    return totals, len(fresh), sum(map(table.value, fresh)), sorted(map(_order, box.corners))


def boxes(table: Table, key: Key) -> Iterator[Box]:
    """Yield the boxes with this cell in a corner: one other place, or the total, in every dimension."""
    places = [sorted({one[axis] for one in table.cells}, key=_place) for axis in range(len(key))]
    for others in product(*places):
        if any(other == own for other, own in zip(others, key, strict=True)):
            continue
        box = _box(key, others)
        if all(_may_hide(table, corner) for corner in box.corners):
            yield box


def _box(key: Key, others: Key) -> Box:
    """Return the box between two opposite corners.

    A line's parts add up to its total. So a step to another part turns the sign, and a step from
    a part to its total keeps it.
    """
    rising: list[Key] = []
    falling: list[Key] = []
    for steps in product((False, True), repeat=len(key)):
        moved = [(own, other) for own, other, step in zip(key, others, steps, strict=True) if step]
        turns = sum(own is not None and other is not None for own, other in moved)
        corner = tuple(
            other if step else own for own, other, step in zip(key, others, steps, strict=True)
        )
        (falling if turns % 2 else rising).append(corner)
    return Box(tuple(rising), tuple(falling))


def _may_hide(table: Table, key: Key) -> bool:
    """A cell of the table that is not zero (zero is always shown) and not public elsewhere."""
    if key not in table.cells or key in table.known:
        return False
    return table.cells[key] != 0


def width(table: Table, box: Box) -> int:
    """Return how many steps the corners can take together, down and up."""
    down = min(map(table.value, box.rising)) - LEAST_HIDDEN
    up = min(map(table.value, box.falling), default=UNLIMITED) - LEAST_HIDDEN
    return down + up


def _order(key: Key) -> tuple[str, ...]:
    return tuple(map(_place, key))


def _place(name: str | None) -> str:
    """Sort totals behind all names."""
    return "\U0010ffff" if name is None else name
