"""The comparison that an officer asks for, outside the page: the same for workbook and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from indicators.comparison.places import places_of_prefecture
from indicators.comparison.reading import Reader, comparison
from indicators.comparison.selection_words import selection_in_words
from indicators.comparison.workbook import About, Facts
from indicators.models import Dataset, Definition

if TYPE_CHECKING:
    import datetime as dt

    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison, Place
    from municipalities.models import Prefecture

TITLE = "市町村の比較"


def group_of(prefecture: Prefecture, _selection: Selection) -> tuple[str, list[Place]]:
    """Return what the places of a selection are called together, and the places."""
    return f"{prefecture.name}の市町村", places_of_prefecture(prefecture)


def asked_for(prefecture: Prefecture, selection: Selection) -> Comparison:
    """Return what the selection asks about the municipalities of a prefecture."""
    reader = Reader(prefecture.code, title=f"{prefecture.name}　{TITLE}")
    _, places = group_of(prefecture, selection)
    return comparison(selection, places, reader=reader)


def about_of(
    prefecture: Prefecture, selection: Selection, found: Comparison, *, at: dt.datetime
) -> About:
    """Return what is said of a comparison beside its numbers."""
    group, _ = group_of(prefecture, selection)
    licences = dict(Dataset.objects.values_list("title", "licence"))
    codes = [column.code for column in found.columns]
    definitions = {one.code: one for one in Definition.objects.filter(code__in=codes)}
    return About(
        owner=prefecture.name,
        chosen=tuple(selection_in_words(selection, found, group=group)),
        at=timezone.localtime(at),
        facts={
            column.code: facts_of(definitions[column.code], licences_of(column, licences))
            for column in found.columns
            if column.code in definitions
        },
        prefecture_code=prefecture.code,
    )


def licences_of(column: Column, licences: dict[str, str]) -> tuple[str, ...]:
    """Return under which conditions the statistics behind a column may be used, each once."""
    # A source begins with the title of its statistic; the year follows.
    found = (
        licence
        for source in column.sources
        for title, licence in licences.items()
        if licence and source.startswith(title)
    )
    return tuple(dict.fromkeys(found))


def facts_of(definition: Definition, licences: tuple[str, ...]) -> Facts:
    return Facts(definition.numerator, definition.denominator, definition.caution, licences)
