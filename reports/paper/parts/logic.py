"""A logic model on paper: its diagram on the smallest sheet that keeps it legible, then its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from logicmodels.shape import diagram
from logicmodels.shape.diagram import FONT
from reports.paper.wording.wording import POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logicmodels.shape.diagram import Diagram
    from logicmodels.shape.structure import Group, Row, Structure
    from reports.document.year_review import LogicModelSheet

# The table below says the same in letters of eight points.
LEAST_POINTS, MOST_POINTS = 5.4, 9.5


class Drawn(Protocol):
    """Whatever is drawn in units of its own."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name in paper.css, and the millimetres that its title leaves to a drawing."""

    name: str
    width: float
    height: float

    def points(self, drawn: Drawn, font: int = FONT) -> float:
        """Size of the letters when the drawing just fits, at most MOST_POINTS. They are `font` units of it."""
        scale = min(self.width / drawn.width, self.height / drawn.height)
        return min(scale * font / POINT, MOST_POINTS)


# In the run of the text, then on a sheet of its own, A3 last.
IN_TEXT = Sheet("in-text", 180.0, 120.0)
UPRIGHT = (Sheet("a4-upright", 180.0, 218.0), Sheet("a3-upright", 267.0, 340.0))
ON_ITS_SIDE = (Sheet("a4-wide", 267.0, 134.0), Sheet("a3-wide", 390.0, 218.0))


@dataclass(frozen=True, slots=True)
class Placement:
    """One line of an outcome's table."""

    number: int
    text: str
    note: str
    assumption: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome with its activities, its indicators, and the outcomes to which it leads."""

    number: int
    level: str
    subject: str
    text: str
    indicators: tuple[str, ...]
    rows: tuple[Placement, ...]
    leads_to: tuple[str, ...]
    is_reached: bool

    @property
    def is_short(self) -> bool:
        """Whether its table is kept on one page."""
        return len(self.rows) <= 8  # noqa: PLR2004 -- about a third of a page


@dataclass(frozen=True, slots=True)
class Model:
    """One logic model; `width` and `height` of its drawing are millimetres."""

    title: str
    scene: str
    goal: str
    note: str
    sheet: str
    diagram: Diagram
    width: str
    height: str
    outcomes: tuple[Outcome, ...]

    @property
    def has_own_sheet(self) -> bool:
        return self.sheet != IN_TEXT.name

    @property
    def has_drawing(self) -> bool:
        return bool(self.diagram.boxes)


def model(one: LogicModelSheet) -> Model:
    """Return a logic model as it is printed."""
    drawn = diagram.draw(one.structure, goal=one.goal)
    sheet = sheet_for(drawn) if drawn.boxes else IN_TEXT
    scale = sheet.points(drawn) * POINT / FONT if drawn.boxes else 0.0
    return Model(
        title=one.title,
        scene=one.scene,
        goal=one.goal,
        note=one.note,
        sheet=sheet.name,
        diagram=drawn,
        width=f"{drawn.width * scale:.1f}mm",
        height=f"{drawn.height * scale:.1f}mm",
        outcomes=_outcomes(one.structure, one.indicators),
    )


def sheet_for(drawn: Drawn, font: int = FONT) -> Sheet:
    """Return the smallest sheet with legible letters; where there is none, the one with the largest."""
    is_upright = drawn.height > drawn.width
    first, second = (UPRIGHT, ON_ITS_SIDE) if is_upright else (ON_ITS_SIDE, UPRIGHT)
    sheets = (IN_TEXT, first[0], second[0], first[1], second[1])
    legible = (sheet for sheet in sheets if sheet.points(drawn, font) >= LEAST_POINTS)
    return next(legible, max(sheets, key=lambda sheet: sheet.points(drawn, font)))


def _outcomes(structure: Structure, indicators: dict[str, tuple[str, ...]]) -> tuple[Outcome, ...]:
    places = {group.effect.key: place for place, group in enumerate(structure.groups, start=1)}
    return tuple(
        _outcome(group, places, structure, indicators.get(group.effect.key, ()))
        for group in structure.groups
    )


def _outcome(
    group: Group, places: dict[str, int], structure: Structure, indicators: Sequence[str]
) -> Outcome:
    effect = group.effect
    leads_to = (
        f"成果{places[link.effect]}" + (f"（前提：{link.assumption}）" if link.assumption else "")
        for link in structure.links
        if link.cause == effect.key
    )
    return Outcome(
        number=places[effect.key],
        level=effect.level_in_words,
        subject=effect.subject,
        text=effect.text,
        indicators=tuple(indicators),
        rows=tuple(map(_placement, group.rows)),
        leads_to=tuple(leads_to),
        is_reached=effect.key in structure.reached,
    )


def _placement(row: Row) -> Placement:
    text = f"（再）{row.place.text}" if row.is_again else row.place.text
    return Placement(row.number, text, row.place.note, row.place.assumption)
