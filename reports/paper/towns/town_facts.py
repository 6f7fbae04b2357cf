"""The towns of a structure in a few figures of 自治体概要 and their 委託先, beside each other with footnotes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.figures.profile_sheet import ROWS
from reports.paper.wording.notes import Footnotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicators.figures.profile_figures import Stated

CONTRACTORS = "委託先"
UNSTATED = "記載なし"


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality: its figures, and who runs parts of the programme for it."""

    name: str
    figures: tuple[Stated, ...] = ()
    contractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """「26.2％（65歳以上）」 with the number of its footnote."""

    text: str
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form; `cells` are in the order of the towns, each with what is stated there."""

    label: str
    cells: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class TownFacts:
    """`notes` are the footnotes with their numbers."""

    towns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[int, str], ...]

    @property
    def signs(self) -> int:
        """How much there is to read."""
        values = (value for row in self.rows for cell in row.cells for value in cell)
        return sum(len(value.text) for value in values) + sum(len(note) for _, note in self.notes)


def facts(towns: Sequence[Town]) -> TownFacts:
    """Return the towns as columns. A line that no town has anything for is left out."""
    notes = Footnotes()
    rows = [figure_row(label, names, towns, notes) for label, names in ROWS]
    rows.append(Row(CONTRACTORS, tuple(values(town.contractors) for town in towns)))
    written = tuple(row for row in rows if any(row.cells))
    return TownFacts(tuple(town.name for town in towns), written, notes.lines)


def figure_row(label: str, names: dict[str, str], towns: Iterable[Town], notes: Footnotes) -> Row:
    """Return one line of figures; `names` tells the figures of the line apart, by code."""
    cells = (
        tuple(
            Value(said(figure.text, names[figure.code]), notes.mark(figure.source))
            for figure in town.figures
            if figure.code in names
        )
        for town in towns
    )
    return Row(label, tuple(cells))


def said(text: str, name: str) -> str:
    return f"{text}（{name}）" if name else text


def values(texts: Iterable[str]) -> tuple[Value, ...]:
    return tuple(Value(text) for text in texts)
