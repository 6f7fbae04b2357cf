"""The drawings of a comparison beside its table, by the names of `selection.VIEWS`: each registers itself here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.comparison.judging import telling
from indicators.comparison.selection import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Comparison

TABLE = "table"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A part of a page, and what makes its context."""

    template: str
    context: Callable[[Comparison, Selection], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to one view of the same selection."""

    label: str
    query: str
    is_current: bool


drawings: dict[str, Drawing] = {}


def tabs(selection: Selection, noun: str = telling.TOWNS) -> Iterator[Tab]:
    """Yield a link for the table and each drawing that is there; `noun` is what the places are called."""
    current = view_of(selection)
    for name, label in VIEWS.items():
        if name == TABLE or name in drawings:
            told = telling.of(label, noun)
            yield Tab(told, selection.query(view=name), is_current=name == current)


def view_of(selection: Selection) -> str:
    """Return the view asked for if it is there, else the table."""
    return selection.view if selection.view in drawings else TABLE


def drawn(comparison: Comparison, selection: Selection) -> dict[str, Any]:
    """Return the context of the drawing asked for, and its template under `drawing`; nothing for the table."""
    drawing = drawings.get(view_of(selection))
    if drawing is None:
        return {}
    return {**drawing.context(comparison, selection), "drawing": drawing.template}
