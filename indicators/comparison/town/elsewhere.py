"""Where a town finds what its page has nothing of: in another group, or in the newest year instead of the one asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count

from indicators.choices import PlaceKind, ValueState
from indicators.comparison.peers import peers
from indicators.comparison.reading.published import asked_for, known
from indicators.comparison.town import town_page
from indicators.models import PublishedValue
from indicators.publishing import marking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from indicators.comparison.peers.peers import Group
    from indicators.comparison.selection import Selection
    from indicators.comparison.town.town_page import TownPage
    from municipalities.models import Cycle

NEWEST = "年度を選ばずに、最も新しい統計で比べる"


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a selection that has something to compare."""

    label: str
    query: str


def way(cycle: Cycle, page: TownPage) -> Way | None:
    """Return the nearest selection that has something; None where none has, or the page itself does."""
    if page.compared.columns:
        return None
    return next(ways(cycle, page), None)


def ways(cycle: Cycle, page: TownPage) -> Iterator[Way]:
    asked = page.selection
    newest = replace(asked, year=None)
    if asked.year and is_told(cycle, page, newest, page.group):
        yield Way(NEWEST, newest.query())
    kinds, prefecture = {PlaceKind.MUNICIPALITY.value}, cycle.municipality.prefecture.code
    told = asked_for(asked, known(kinds, asked.until, prefecture=prefecture).rows)
    definitions = [one.pk for one in told]
    for group in page.offered:
        if group.code == page.group.code or not has_values(definitions, asked, group):
            continue
        chosen = replace(asked, group=group.code)
        if is_told(cycle, page, chosen, group):
            yield Way(f"「{group.label}」で比べる", chosen.query())


def has_values(definitions: Collection[int], selection: Selection, group: Group) -> bool:
    """Say whether enough places have a value of one indicator in one year: without it nothing need be read. One query."""
    rows = PublishedValue.objects.filter(
        definition__in=definitions,
        place_kind=PlaceKind.MUNICIPALITY,
        place_code__in=[place.code for place in group.places],
        fiscal_year__lte=selection.year or selection.until,
        state=ValueState.VALUE,
    )
    if selection.year:
        rows = rows.filter(fiscal_year=selection.year)
    counted = rows.order_by().values("definition", "dataset", "fiscal_year")
    return counted.annotate(count=Count("place_code")).filter(count__gte=peers.FEWEST).exists()


def is_told(cycle: Cycle, page: TownPage, selection: Selection, group: Group) -> bool:
    """Say whether the page of another selection has a table: read as that page reads it."""
    found = town_page.compared_with(
        cycle.municipality,
        selection,
        group,
        around=tuple(place.code for place in page.groups[0].places),
        marks=marking.marks(),
    )
    return bool(found.columns)
