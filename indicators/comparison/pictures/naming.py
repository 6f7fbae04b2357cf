"""Where the names of places stand beside their marks: none covers another, and lines run through none that has another side. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.comparison.pictures.funnel import Mark

    # A line through these points, from left to right.
    Points = Sequence[tuple[float, float]]

# A name is so high, and each of its signs so wide; names that would cover another are left to the list.
SIGN, LINE, GAP = 13, 16, 16
# Half of a mark that bears a name, and how much farther the marked place's name stands from its own.
HALF, MARKED = 8, 4
OTHER_SIDE = {"start": "end", "end": "start"}


def named(marks: Sequence[Mark], lines: Sequence[Points], edges: tuple[int, int]) -> Iterator[Mark]:
    """Write the names of places outside the lines beside their marks where there is room, the marked one's first."""
    room = Room([mark for mark in marks if mark.is_named], lines, edges)
    labels: dict[str, tuple[str, str]] = {}
    for one in sorted(room.marks, key=lambda one: (not one.row.is_marked, "far" not in one.shape)):
        anchor = room.taken_by(one)
        if anchor:
            labels[one.row.place.code] = one.row.place.name, anchor
    for one in marks:
        name, anchor = labels.get(one.row.place.code, ("", one.anchor))
        yield replace(one, label=name, anchor=anchor)


@dataclass(slots=True)
class Room:
    """What names may not cover: each other, the marks that bear names, and the edges of the picture."""

    marks: Sequence[Mark]
    lines: Sequence[Points]
    edges: tuple[int, int]
    taken: list[tuple[float, float, float]] = field(default_factory=list)

    def taken_by(self, one: Mark) -> str:
        """Return on which side of its mark a name stands and remember it there; empty where it covers something."""
        anchors = (one.anchor, OTHER_SIDE[one.anchor])
        free = [anchor for anchor in anchors if self._is_free(one, *reach(one, anchor))]
        clear = [anchor for anchor in free if not self._is_crossed(one, *reach(one, anchor))]
        # The marked place says its name in any case.
        found = [*clear, *free, *([one.anchor] if one.row.is_marked else [])]
        if not found:
            return ""
        self.taken.append((*reach(one, found[0]), one.y))
        return found[0]

    def _is_free(self, one: Mark, start: float, end: float) -> bool:
        covered = ((mark.x - HALF, mark.x + HALF, mark.y) for mark in self.marks if mark is not one)
        left, right = self.edges
        return (
            left <= start
            and end <= right
            and not any(
                start < last and first < end and abs(one.y - y) < LINE
                for first, last, y in (*self.taken, *covered)
            )
        )

    def _is_crossed(self, one: Mark, start: float, end: float) -> bool:
        """Say whether a line runs through a name that stands there."""
        return any(
            low < one.y + LINE / 2 and one.y - LINE / 2 < high
            for points in self.lines
            for low, high in heights(points, start, end)
        )


def heights(points: Points, start: float, end: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where each piece of a line rises or falls between two places."""
    for (left, first), (right, last) in pairwise(points):
        if right <= start or end <= left:
            continue
        slope = (last - first) / (right - left)
        ends = [first + slope * (min(max(x, left), right) - left) for x in (start, end)]
        yield min(ends), max(ends)


def reach(one: Mark, anchor: str) -> tuple[float, float]:
    """Return from where to where a name stands, with the gap to its mark and one behind it."""
    words = f"{one.row.place.name} {one.row.value}" if one.row.is_marked else one.row.place.name
    length = SIGN * len(words) + GAP + (MARKED if one.row.is_marked else 0)
    return (one.x, one.x + length) if anchor == "start" else (one.x - length, one.x)
