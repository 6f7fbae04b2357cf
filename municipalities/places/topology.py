"""TopoJSON, read into points: arcs that neighbours share, so that what is done to one border is done to both. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Spot = tuple[float, float]
Line = tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One shape: what the file says of it, and its outer rings and holes as numbers of arcs."""

    properties: dict[str, str]
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Topology:
    """Arcs and the shapes made of them; the number ~n is the arc n walked backwards."""

    arcs: tuple[Line, ...]
    forms: tuple[Form, ...]

    def ring(self, numbers: Iterable[int]) -> Line:
        """Return the spots of a closed ring, the first one not repeated at its end."""
        spots: list[Spot] = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            spots += arc[1:] if spots else arc
        return tuple(spots[:-1])

    def redrawn(self, pen: Callable[[Line], Line]) -> Topology:
        """Return the same shapes with every arc as the pen draws it. The pen keeps both ends."""
        return Topology(tuple(pen(arc) for arc in self.arcs), self.forms)


def read(document: dict[str, Any], name: str) -> Topology:
    """Read one object of a TopoJSON file: its polygons, in degrees."""
    arcs = tuple(_spots(arc, document.get("transform")) for arc in document["arcs"])
    geometries = document["objects"][name]["geometries"]
    return Topology(arcs, tuple(_form(one) for one in geometries))


def _spots(arc: list[list[int]], transform: dict[str, list[float]] | None) -> Line:
    """Undo what makes the file small: whole numbers, each spot told from the one before."""
    if transform is None:
        return tuple((float(x), float(y)) for x, y in arc)
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    return tuple((x * width + left, y * height + bottom) for x, y in _summed(arc))


def _summed(steps: list[list[int]]) -> Iterator[tuple[int, int]]:
    x = y = 0
    for right, up in steps:
        x, y = x + right, y + up
        yield x, y


def _form(geometry: dict[str, Any]) -> Form:
    is_many = geometry["type"] == "MultiPolygon"
    polygons = geometry["arcs"] if is_many else [geometry["arcs"]]
    rings = tuple(tuple(ring) for polygon in polygons for ring in polygon)
    return Form(geometry["properties"], rings)


def thinned(line: Line, tolerance: float) -> Line:
    """Drop the spots that lie closer than this to the line without them (Douglas-Peucker); the ends stay."""
    kept, open_ends = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_ends:
        first, last = open_ends.pop()
        away, found = max(
            ((distance(line[at], line[first], line[last]), at) for at in range(first + 1, last)),
            default=(0.0, first),
        )
        if away > tolerance:
            kept.add(found)
            open_ends += [(first, found), (found, last)]
    return tuple(line[at] for at in sorted(kept))


def distance(spot: Spot, start: Spot, end: Spot) -> float:
    """Return how far a spot is from a stretch of line."""
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0
    if length:
        dot = (spot[0] - start[0]) * along[0] + (spot[1] - start[1]) * along[1]
        share = min(1.0, max(0.0, dot / length))
    aside = (spot[0] - start[0] - share * along[0], spot[1] - start[1] - share * along[1])
    return (aside[0] ** 2 + aside[1] ** 2) ** 0.5
