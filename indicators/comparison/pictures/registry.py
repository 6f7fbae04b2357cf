"""The drawings by the name that a selection's `view` has: what each needs, and the template that writes it down.

A page includes `drawing.template` with `drawing.context(comparison, selection)`; the template asks for
nothing else but `comparison` and `selection`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indicators.comparison import trends
from indicators.comparison.pictures import classes, coloured, listed, multiples, profile, strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison

    Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    template: str
    draw: Callable[[Comparison, Selection], Context]

    def context(self, comparison: Comparison, selection: Selection) -> Context:
        """Return what the template shows, with what every drawing shows."""
        column, own = listed.focused(comparison, selection), listed.marked(comparison, selection)
        shared: Context = {
            "comparison": comparison,
            "selection": selection,
            "column": column,
            "noun": listed.noun(comparison),
            "told": None if column is None else told(comparison, column, selection),
            "focuses": [(one.code, one.name, one == column) for one in comparison.columns],
            "but_focus": selection.asked(focus=""),
            "towns": [(one.code, one.name, one == own) for one in comparison.places],
            "but_town": selection.asked(town=""),
        }
        return shared | (self.draw(comparison, selection) if column else {})


def told(comparison: Comparison, column: Column, selection: Selection) -> listed.Row | None:
    """Return what is said of the marked place above a drawing; None while none is marked."""
    own = listed.marked(comparison, selection)
    if own is None:
        return None
    return listed.row(own, comparison.cell(own, column), column, listed.Way(selection, True))


def strips(comparison: Comparison, selection: Selection) -> Context:
    column = listed.focused(comparison, selection)
    if column is None:
        return {}
    found = strip.strip(comparison, column, selection)
    looks = [row.look for row in found.rows]
    others = [strip.small(comparison, one, selection) for one in comparison.columns]
    return {"strip": found, "legend": classes.legend(looks), "others": others}


def small_multiples(comparison: Comparison, selection: Selection) -> Context:
    column = listed.focused(comparison, selection)
    if column is None:
        return {}
    found = trends.of(comparison, column)
    return {"multiples": multiples.multiples(comparison, column, selection, found)}


def one_place(comparison: Comparison, selection: Selection) -> Context:
    return {"profile": profile.profile(comparison, selection)}


def on_a_map(comparison: Comparison, selection: Selection) -> Context:
    column = listed.focused(comparison, selection)
    return {} if column is None else {"map": coloured.coloured(comparison, column, selection)}


drawings = {
    "strip": Drawing("indicators/comparison/_strip.html", strips),
    "multiples": Drawing("indicators/comparison/_multiples.html", small_multiples),
    "profile": Drawing("indicators/comparison/_profile.html", one_place),
    "map": Drawing("indicators/comparison/_map.html", on_a_map),
}
