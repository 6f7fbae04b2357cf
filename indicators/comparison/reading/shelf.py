"""What this process remembers of published tables, each thing under the marks of the tables that decide it.

Columns of a comparison are kept as they were judged, for one kind of reader each: an officer, a health
centre's towns and a town never share any (docs/adr/0052). A mark that has changed never comes back, so that what
lies under it is never found again. Nothing here outlives the process, or is seen by another.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from indicators.comparison.shape import Origin
from indicators.publishing import marking

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from typing import Protocol

    from indicators.comparison.judging.judging import Judged
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Place
    from indicators.publishing.marking import Marks

    class Eyes(Protocol):
        """What of a reader decides columns."""

        @property
        def prefecture(self) -> str: ...
        @property
        def own(self) -> str: ...
        @property
        def towns(self) -> frozenset[str] | None: ...
        @property
        def around(self) -> tuple[str, ...]: ...


Thing = TypeVar("Thing")
# Which tables decide what, by labels of models: tests hold these against the statements that are made.
# The definitions of a prefecture are found by its code.
STATISTICS = (
    *("indicators.Dataset", "indicators.Definition", "indicators.PublishedValue"),
    "municipalities.Prefecture",
)
SUBMITTED = (
    *STATISTICS,
    "indicators.PrefectureDefinition",
    "indicators.SubmittedValue",
    "municipalities.Municipality",
)
DEFINITIONS = ("indicators.Definition", "indicators.PublishedValue", "municipalities.Prefecture")
DEFINED = ("indicators.PrefectureDefinition", "municipalities.Prefecture")
GROUPS = (
    *("indicators.Dataset", "indicators.Definition", "indicators.PublishedValue"),
    *("municipalities.MedicalArea", "municipalities.MedicalAreaMember"),
    *("municipalities.Municipality", "municipalities.Prefecture"),
)
# So many cells at most (twenty-odd megabytes), and so many other things.
MOST_CELLS, MOST_THINGS = 60_000, 64


@dataclass(slots=True)
class Board:
    """Columns of the same places, year and reader, by code; None for an indicator without any value."""

    places: int
    columns: dict[str, tuple[Column, Judged] | None] = field(default_factory=dict)
    # Of an indicator without any value: the places at which it is 秘匿.
    hidden: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        return self.places * sum(one is not None for one in self.columns.values())


_boards: OrderedDict[Hashable, Board] = OrderedDict()
_things: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def board(
    selection: Selection, places: Sequence[Place], reader: Eyes, codes: Sequence[str], marks: Marks
) -> Board:
    """Return the board of a selection, the last one used by everybody who asks the same; a fresh one without marks.

    `codes`: the indicators asked for. What was submitted is read as a whole, so that they decide it too.
    """
    fresh = Board(len(places))
    if not marks:
        return fresh
    is_submitted = selection.origin is Origin.SUBMITTED
    key = (
        marking.among(marks, SUBMITTED if is_submitted else STATISTICS),
        selection.origin,
        selection.year,
        selection.until,
        selection.pool,
        tuple((place.kind, place.code) for place in places),
        (reader.prefecture, reader.own, reader.towns, reader.around),
        tuple(codes) if is_submitted else (),
    )
    with _lock:
        found = _boards.setdefault(key, fresh)
        _boards.move_to_end(key)
        while len(_boards) > 1 and sum(one.cells for one in _boards.values()) > MOST_CELLS:
            _boards.popitem(last=False)
    return found


def remembered(
    marks: Marks, tables: Sequence[str], asked: Hashable, make: Callable[[], Thing]
) -> Thing:
    """Return what was made of these tables for this question; made anew where a mark has changed or there is none."""
    if not marks:
        return make()
    key = (marking.among(marks, tables), asked)
    with _lock:
        if key in _things:
            _things.move_to_end(key)
            found: Thing = _things[key]
            return found
    made = make()
    with _lock:
        _things[key] = made
        while len(_things) > MOST_THINGS:
            _things.popitem(last=False)
    return made


def forget() -> None:
    """Begin anew, as a process does."""
    with _lock:
        _boards.clear()
        _things.clear()
