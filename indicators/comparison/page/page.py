"""市町村の比較 as a page: what its template shows of a comparison that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from indicators.comparison import scenes
from indicators.comparison.asking import filtering, origins, unknown, years
from indicators.comparison.asking.asked import CUT, places_in_words, whose
from indicators.comparison.asking.selection_words import rows_in_words, span_in_words
from indicators.comparison.drawings import TABLE, drawn, tabs, view_of
from indicators.comparison.judging import telling
from indicators.comparison.page import heat, heat_html, lists_html
from indicators.comparison.selection import VIEWS
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from django.http import QueryDict

    from indicators.comparison.asking.asked import Asked
    from indicators.comparison.asking.origins import Offer
    from indicators.comparison.selection import Selection
    from municipalities.models import Prefecture


def heading_of(prefecture: Prefecture, selection: Selection, year: int) -> dict[str, Any]:
    """Return the context of what stands around the parts that may be kept."""
    current, compared = view_of(selection), places_in_words(selection)
    return {
        "prefecture": prefecture,
        "year": year,
        "compared": compared,
        "whose": whose(prefecture, selection),
        "selection": selection,
        "drawing": "" if current == TABLE else telling.of(VIEWS[current], compared),
    }


def context_of(asked: Asked, year: int) -> dict[str, Any]:
    """Return the context of the parts: bar and tabs, the table, and the drawing where one is asked for."""
    return {
        "prefecture": asked.prefecture,
        "year": year,
        "selection": asked.selection,
        "comparison": asked.comparison,
        "group": asked.group,
        "noun": telling.noun(asked.comparison)
        if asked.comparison.places
        else places_in_words(asked.selection),
        "together": telling.together(asked.comparison),
        "hidden_said": telling.hidden(asked.comparison),
        "cut": CUT if asked.is_cut else "",
        **bar(asked, year),
        **table(asked, year),
        **drawn(asked.comparison, asked.selection),
    }


def said_of(query: QueryDict, asked: Asked, year: int, other: Offer) -> dict[str, Any]:
    """Return what is said of the address itself, whose numbers these are, and of which years."""
    found = asked.comparison
    return {
        "unknown": list(unknown.unknown(query, asked, year)),
        "this_year": years.this_year(),
        "years_shown": span_in_words(found.years) if found.years else "",
        "origin": filtering.ORIGINS[asked.selection.origin],
        "why": origins.WHY[asked.selection.origin],
        "other": other,
        "nothing_found": filtering.nothing_found(asked.selection, other),
        "is_narrowed": filtering.is_narrowed(asked.selection),
        "anew": filtering.anew(asked.selection),
    }


def bar(asked: Asked, year: int) -> dict[str, Any]:
    """Return what is chosen and what else may be."""
    selection = asked.selection
    filters = filtering.filters(asked, year)
    return {
        "filters": filters,
        "boxes": lists_html.boxes(filters.indicators),
        "no_places": filtering.no_places(asked, places_in_words(selection)),
        "fuller": fuller(asked),
        "behind": selection.query(only_behind=True),
        "everybody": selection.query(only_behind=False),
        "scenes": list(scenes.tabs(selection)),
        "tabs": list(tabs(selection, telling.noun(asked.comparison))),
        "kept": filtering.kept(selection),
        "has_around": bool(asked.around),
    }


def fuller(asked: Asked) -> list[tuple[str, str]]:
    """Return label and query of the years that are divided into quarters, where those asked about here are not."""
    found = asked.comparison
    if (
        not asked.selection.only_behind
        or found.places
        or not filtering.is_undivided(found, asked.selection)
    ):
        return []
    return [
        (fiscal.label(one), asked.selection.query(year=one)) for one in years.with_enough(asked)
    ]


def table(asked: Asked, year: int) -> dict[str, Any]:
    """Return the parts of the heat table."""
    found, selection = asked.comparison, asked.selection
    return {
        "heads": heat_html.heads(heat.heads(found, selection)),
        "rows": heat_html.rows(found, page=towns(asked, year), sort=selection.sort),
        "foot": heat_html.foot(heat.foot(found, prefecture=asked.prefecture.name)),
        "sources": lists_html.sources(found.columns),
        "rows_shown": rows_in_words(selection, found)
        if selection.only_behind and found.places
        else "",
        "unprovided": [one for one in found.lagging(selection.sort) if one.unprovided]
        if selection.only_behind
        else [],
        "without_classes": telling.without_classes(
            found, len(asked.group.places), word=asked.prefecture.word
        ),
        "has_classes": telling.has_classes(found),
        "read_as": telling.of(telling.READ_AS, telling.noun(found)),
        "by_code": selection.query(sort="", falling=False),
    }


def towns(asked: Asked, year: int) -> str:
    """Return the address under which places have their pages; empty where they are not all ours."""
    is_ours = asked.group in asked.groups and not asked.group.is_of_prefectures
    return (
        reverse("prefecture:progress", args=[asked.prefecture.code, year]) + "m/" if is_ours else ""
    )
