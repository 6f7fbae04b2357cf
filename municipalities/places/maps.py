"""The shipped maps, laid out for a screen: each municipality or prefecture a path of whole numbers.

Islands far away stand in boxes of their own (maps/insets.csv); an inset without a label is left out.
Neighbours share their border, because it is simplified once for both.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING

from municipalities.places import topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.places.topology import Line, Spot

MAPS = Path(__file__).parent.parent / "data" / "maps"
COUNTRY = "country"
SOURCE = "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
# The main part fills this box; each inset gets a smaller one below it.
WIDTH, HEIGHT, EDGE = 960, 900, 8
INSET_WIDTH, INSET_HEIGHT, LETTERS = 300, 190, 36
TOLERANCE = 0.8
# An island smaller than this is left out where its town has a larger part.
SMALLEST = 3
# A sign needs so much room around its middle.
ROOM = 18
TRIES = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """`path` is never empty; `sign` is where a sign of one letter has room, if anywhere."""

    code: str
    path: str
    sign: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Box:
    """The frame of an inset; its label stands above it."""

    label: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole map. `is_partial`: islands are left out."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    boxes: tuple[Box, ...]
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Window:
    """An inset of insets.csv: the rings that begin within these degrees; of one shape if it is named."""

    shape: str
    label: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, code: str, spot: Spot) -> bool:
        is_shape = self.shape in {"", code}
        return (
            is_shape and self.west <= spot[0] <= self.east and self.south <= spot[1] <= self.north
        )


def of_prefecture(code: str) -> Sheet | None:
    """Return the map of a prefecture's municipalities; None where none is shipped."""
    return _sheet(code, MAPS / "prefectures" / f"{code}.topojson")


def of_country() -> Sheet | None:
    """Return the map of the prefectures."""
    return _sheet(COUNTRY, MAPS / "japan_prefectures.topojson")


def _sheet(name: str, path: Path) -> Sheet | None:
    if not path.is_file():
        return None
    content = path.read_bytes()
    return _drawn(name, hashlib.sha256(content).hexdigest(), path)


@lru_cache(maxsize=64)
def _drawn(name: str, _digest: str, path: Path) -> Sheet:
    """Draw a map once in each process, and again when its file has another content."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return sheet(topology.read(document, "municipalities"), windows(name))


@lru_cache(maxsize=1)
def _insets() -> dict[str, tuple[Window, ...]]:
    found: dict[str, list[Window]] = defaultdict(list)
    with (MAPS / "insets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            degrees = [float(row[side]) for side in ("west", "south", "east", "north")]
            found[row["map"]].append(Window(row["shape"], row["label"], *degrees))
    return {name: tuple(rows) for name, rows in found.items()}


def windows(name: str) -> tuple[Window, ...]:
    return _insets().get(name, ())


def sheet(map_: topology.Topology, insets: tuple[Window, ...]) -> Sheet:
    """Lay a map out: its main part on top, the insets in rows below."""
    parts = _parts(map_, insets)
    paper = Paper()
    rings: dict[str, list[Line]] = defaultdict(list)
    for window, found in parts.items():
        if window is None or window.label:
            for code, ring in paper.placed(map_, found, window.label if window else ""):
                rings[code].append(ring)
    shapes = {code: _shape(code, rings[code]) for code in sorted(rings)}
    is_partial = any(window is not None and not window.label for window in parts)
    return Sheet(WIDTH, paper.bottom, shapes, tuple(paper.boxes), is_partial)


Numbered = tuple[str, tuple[int, ...]]


def _parts(
    map_: topology.Topology, insets: tuple[Window, ...]
) -> dict[Window | None, list[Numbered]]:
    """Sort every ring into its inset; the main part (None) comes first, then the order of the file."""
    parts: dict[Window | None, list[Numbered]] = {None: [], **{inset: [] for inset in insets}}
    for form in map_.forms:
        code = form.properties.get("code") or form.properties["pref"]
        for ring in form.rings:
            first = map_.ring(ring)[0]
            parts[next((one for one in insets if one.holds(code, first)), None)].append(
                (code, ring)
            )
    return {window: found for window, found in parts.items() if found}


class Paper:
    """Where the next part goes."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.bottom = 0
        self.right = EDGE

    def placed(
        self, map_: topology.Topology, found: list[Numbered], label: str
    ) -> list[tuple[str, Line]]:
        """Draw the rings of one part into their place: simplified, in whole numbers."""
        spots = [spot for _, ring in found for spot in map_.ring(ring)]
        frame = Frame.around(spots, *((INSET_WIDTH, INSET_HEIGHT) if label else (WIDTH, HEIGHT)))
        left, top = self._corner(frame, label)
        drawn = map_.redrawn(lambda arc: frame.pressed(arc, left, top))
        return [(code, drawn.ring(ring)) for code, ring in found]

    def _corner(self, frame: Frame, label: str) -> tuple[float, float]:
        """Return where the frame begins. An inset gets a box and stands beside the one before."""
        if not label:
            self.bottom = round(frame.height) + 2 * EDGE
            return EDGE + (WIDTH - 2 * EDGE - frame.width) / 2, EDGE
        if not self.boxes or self.right + INSET_WIDTH > WIDTH:
            self.right, self.bottom = EDGE, self.bottom + LETTERS + INSET_HEIGHT + 2 * EDGE
        box = Box(label, self.right, self.bottom - INSET_HEIGHT - EDGE, INSET_WIDTH, INSET_HEIGHT)
        self.boxes.append(box)
        self.right += INSET_WIDTH + 2 * EDGE
        return box.x + (box.width - frame.width) / 2, box.y + (box.height - frame.height) / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees to lengths: a degree of longitude is shorter by the cosine of the latitude."""

    west: float
    north: float
    along: float
    down: float
    width: float
    height: float

    @classmethod
    def around(cls, spots: list[Spot], width: int, height: int) -> Frame:
        xs, ys = [x for x, _ in spots], [y for _, y in spots]
        narrow = cos(radians((min(ys) + max(ys)) / 2))
        wide, high = max((max(xs) - min(xs)) * narrow, 1e-9), max(max(ys) - min(ys), 1e-9)
        scale = min((width - 2 * EDGE) / wide, (height - 2 * EDGE) / high)
        return cls(min(xs), max(ys), scale * narrow, scale, wide * scale, high * scale)

    def pressed(self, arc: Line, left: float, top: float) -> Line:
        """Return an arc on the paper, thinned and in whole numbers; its ends stay its ends."""
        line = tuple(
            (left + (x - self.west) * self.along, top + (self.north - y) * self.down)
            for x, y in arc
        )
        return tuple((round(x), round(y)) for x, y in topology.thinned(line, TOLERANCE))


def _shape(code: str, rings: list[Line]) -> Shape:
    """Write the rings down; of a town that is all too small, a dot of some size."""
    largest = max(rings, key=lambda ring: (_area(ring), ring))
    kept = [ring for ring in rings if min(_size(ring)) >= SMALLEST]
    if not kept:
        x, y = largest[0]
        kept = [((x - 2, y - 2), (x + 2, y - 2), (x + 2, y + 2), (x - 2, y + 2))]
    return Shape(code, "".join(_written(ring) for ring in kept), _sign(largest))


def _size(ring: Line) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) - min(xs), max(ys) - min(ys)


def _area(ring: Line) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(ring))) / 2


def _edges(ring: Line) -> Iterable[tuple[Spot, Spot]]:
    return pairwise((*ring, ring[0]))


def _written(ring: Line) -> str:
    """Return the ring as a path: its first spot, then steps."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring) if a != b]
    path = f"M{ring[0][0]:g} {ring[0][1]:g}l"
    return path + " ".join(f"{x:g} {y:g}" for x, y in steps).replace(" -", "-") + "z"


def _sign(ring: Line) -> tuple[int, int] | None:
    """Return the spot of a coarse grid inside a ring that is farthest from its border, if far enough."""
    (width, height), left = _size(ring), min(x for x, _ in ring)
    top = min(y for _, y in ring)
    spots = [
        (left + width * column / TRIES, top + height * row / TRIES)
        for row in range(1, TRIES)
        for column in range(1, TRIES)
        if min(width, height) >= 2 * ROOM
    ]
    inside = [(_room(spot, ring), spot) for spot in spots if is_inside(spot, ring)]
    room, (x, y) = max(inside, default=(0.0, (0.0, 0.0)))
    return (round(x), round(y)) if room >= ROOM else None


def _room(spot: Spot, ring: Line) -> float:
    return min(topology.distance(spot, a, b) for a, b in _edges(ring))


def is_inside(spot: Spot, ring: Line) -> bool:
    x, y = spot
    crossings = 0
    for (ax, ay), (bx, by) in _edges(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossings += 1
    return crossings % 2 == 1
