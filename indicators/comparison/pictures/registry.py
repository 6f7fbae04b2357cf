"""The pictures by the name that a selection's `view` has: what each needs beside the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators.comparison.drawings import Drawing, drawings
from indicators.comparison.judging import telling
from indicators.comparison.pictures import coloured, funnel, listed, multiples, profile, strip
from indicators.comparison.reading import trends

if TYPE_CHECKING:
    from collections.abc import Callable

    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison

    Drawer = Callable[[Comparison, Selection], "Context"]
    Chooser = Callable[[Comparison, Selection], Column | None]

Context = dict[str, Any]


def shared(comparison: Comparison, selection: Selection, column: Column) -> Context:
    """Return what every picture shows: the indicator, the marked place, and what may be chosen instead."""
    own = listed.marked(comparison, selection)
    return {
        "column": column,
        "noun": telling.noun(comparison),
        "together": telling.together(comparison),
        "told": told(comparison, column, selection),
        "focuses": [(one.code, one.name, one == column) for one in comparison.columns],
        "but_focus": selection.asked(focus=""),
        "towns": [(one.code, one.name, one == own) for one in comparison.places],
        "but_town": selection.asked(town=""),
    }


def told(comparison: Comparison, column: Column, selection: Selection) -> listed.Row | None:
    """Return what is said of the marked place above a drawing; None while none is marked."""
    own = listed.marked(comparison, selection)
    if own is None:
        return None
    return listed.row(
        own, comparison.cell(own, column), column, listed.Way(selection, is_marked=True)
    )


def strips(comparison: Comparison, selection: Selection, column: Column) -> Context:
    others = [strip.small(comparison, one, selection) for one in comparison.columns]
    return {
        "strip": strip.strip(comparison, column, selection),
        "others": others,
        "has_squares": any(one.squares for one in others),
    }


def funnels(comparison: Comparison, selection: Selection, column: Column) -> Context:
    there = funnel.offered(comparison)
    return {
        "funnel": funnel.funnel(comparison, column, selection),
        # Only what can be drawn; what an address asks for beside says why it cannot.
        "focuses": [(one.code, one.name, one == column) for one in there],
        "chosen_none": "" if column in there else "指標を選んでください",
        "passed_over": funnel.passed_over(comparison, selection, column),
    }


def small_multiples(comparison: Comparison, selection: Selection, column: Column) -> Context:
    found = trends.of(comparison, column)
    return {"multiples": multiples.multiples(comparison, column, selection, found)}


def one_place(comparison: Comparison, selection: Selection, _column: Column) -> Context:
    return {"profile": profile.profile(comparison, selection)}


def on_a_map(comparison: Comparison, selection: Selection, column: Column) -> Context:
    return {"map": coloured.coloured(comparison, column, selection)}


def with_a_column(
    draw: Callable[[Comparison, Selection, Column], Context], chosen: Chooser = listed.focused
) -> Drawer:
    """Return what makes the context of a picture; without an indicator there is nothing to draw."""

    def context(comparison: Comparison, selection: Selection) -> Context:
        column = chosen(comparison, selection)
        if column is None:
            return {}
        return shared(comparison, selection, column) | draw(comparison, selection, column)

    return context


def register() -> None:
    """Offer the pictures to every page that shows a comparison."""
    drawings.update(
        strip=Drawing("indicators/comparison/_strip.html", with_a_column(strips)),
        funnel=Drawing(
            "indicators/comparison/_funnel.html", with_a_column(funnels, funnel.focused)
        ),
        multiples=Drawing("indicators/comparison/_multiples.html", with_a_column(small_multiples)),
        profile=Drawing("indicators/comparison/_profile.html", with_a_column(one_place)),
        map=Drawing("indicators/comparison/_map.html", with_a_column(on_a_map)),
    )
