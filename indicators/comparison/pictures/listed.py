"""The list beside a drawing: the places in the order of the table, with the same numbers and classes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.comparison.judging.chance import SENTENCES
from indicators.comparison.pictures import classes

if TYPE_CHECKING:
    from indicators.comparison.pictures.classes import Look
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Cell, Column, Comparison, Place


@dataclass(frozen=True, slots=True)
class Row:
    """One place: what is said of it in words, and where its mark leads."""

    place: Place
    value: str
    look: Look
    rank: int | None
    rank_text: str
    chance: str
    reply: str
    # Why the place is among them, where each has a reason of its own.
    reason: str
    name: str
    # The address that marks the place, and the one of its profile.
    query: str
    profile_query: str
    is_marked: bool


def focused(comparison: Comparison, selection: Selection) -> Column | None:
    """Return the indicator that is looked at: the one asked for, else the one sorted by, else the first."""
    found = comparison.column(selection.focus) or comparison.column(selection.sort)
    return found or next(iter(comparison.columns), None)


def marked(comparison: Comparison, selection: Selection) -> Place | None:
    """Return the place that is marked: the one asked for, else the reader's own."""
    by_code = {place.code: place for place in comparison.places}
    return by_code.get(selection.town) or by_code.get(comparison.own)


def rows(comparison: Comparison, column: Column, selection: Selection) -> list[Row]:
    chosen = marked(comparison, selection)
    return [
        row(
            place,
            comparison.cell(place, column),
            column,
            Way(selection, place == chosen, comparison.reasons.get(place.code, "")),
        )
        for place in comparison.places
    ]


@dataclass(frozen=True, slots=True)
class Way:
    """Where the mark of a place leads, whether it is the marked one, and why it is there."""

    selection: Selection
    is_marked: bool
    reason: str = ""


def row(place: Place, cell: Cell, column: Column, way: Way) -> Row:
    return Row(
        place=place,
        value=classes.text(cell, column),
        look=classes.look(cell, column),
        rank=classes.rank(cell, column),
        rank_text=classes.rank_text(cell, column),
        chance=said(cell),
        reply=cell.reply,
        reason=way.reason,
        name=classes.sentence(place, cell, column),
        query=way.selection.query(town=place.code),
        profile_query=way.selection.query(town=place.code, view="profile"),
        is_marked=way.is_marked,
    )


def said(cell: Cell) -> str:
    """Return the sentence on chance; nothing where none is measured."""
    return "" if cell.chance is None else SENTENCES[cell.chance]
