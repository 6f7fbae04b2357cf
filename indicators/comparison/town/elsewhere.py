"""Where a town finds what its page has nothing of: in another group, or in the newest year instead of the one asked for.

No other page is read for it: how many places of each group have a value of what is asked for, by statistic and
year, is counted in one query however many groups there are, and judged as the page itself would.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from indicators.choices import PlaceKind, ValueState
from indicators.comparison.judging import basis
from indicators.comparison.peers.peers import FEWEST
from indicators.comparison.reading import choosing
from indicators.comparison.reading.published import Key, asked_for, known
from indicators.comparison.town import town_page
from indicators.models import PublishedValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from indicators.comparison.peers.peers import Group
    from indicators.comparison.reading.published import Known
    from indicators.comparison.selection import Selection
    from indicators.comparison.town.town_page import TownPage
    from municipalities.models import Cycle

    # How many places of a group have a value, by definition and column.
    Counts = dict[int, dict[Key, int]]

NEWEST = "年度を選ばずに、最も新しい統計で比べる"


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a selection that has something to compare."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Told:
    """What statistics tell of the places of each group, by its code."""

    definitions: Known
    counts: dict[str, Counts] = field(default_factory=dict)

    def has_table(self, selection: Selection, group: Group, *, fewest: int = FEWEST) -> bool:
        """Say whether the page of a selection would have a column that at least so many places have a value of."""
        counts = self.counts[group.code]
        asked = asked_for(selection, self.definitions.rows)
        return any(self.most(one, selection, counts) >= fewest for one in asked)

    def most(self, one: Any, selection: Selection, counts: Counts) -> int:
        """Return how many places have what the page would compare of this; of a scene nothing of what `town_page` leaves out."""
        shown = {
            key: count
            for key, count in counts.get(one.pk, {}).items()
            if count and selection.may_show(key.fiscal_year)
        }
        key = choosing.chosen(shown)
        if key is None or (selection.scene and self.is_size(one, counts)):
            return 0
        return shown[key]

    def is_size(self, one: Any, counts: Counts) -> bool:
        """Say whether this tells how large a place is in other words than its population, for want of what divides it."""
        if one.unit not in town_page.SIZES or one.code == town_page.POPULATION:
            return False
        pks = (self.definitions.pks[code] for code in basis.of(one.code).denominators)
        return not any(count >= FEWEST for pk in pks for count in counts.get(pk, {}).values())


def way(cycle: Cycle, page: TownPage) -> Way | None:
    """Return the nearest selection that has something; None where none has, or the page itself does. Two queries."""
    if page.compared.columns:
        return None
    return next(ways(page, told_of(cycle, page)), None)


def ways(page: TownPage, told: Told) -> Iterator[Way]:
    asked = page.selection
    newest = replace(asked, year=None)
    # What is asked for by name is shown of one place, too.
    fewest = FEWEST if asked.scene else 1
    if asked.year and told.has_table(newest, page.group, fewest=fewest):
        yield Way(NEWEST, newest.query())
    for group in page.offered:
        chosen = replace(asked, group=group.code)
        if group.code != page.group.code and told.has_table(chosen, group):
            yield Way(f"「{group.label}」で比べる", chosen.query())


def told_of(cycle: Cycle, page: TownPage) -> Told:
    """Read what is asked for, and the populations that counts are divided by."""
    prefecture = cycle.municipality.prefecture.code
    found = known({PlaceKind.MUNICIPALITY.value}, page.selection.until, prefecture=prefecture)
    asked = asked_for(page.selection, found.rows)
    below = {code for one in asked for code in basis.of(one.code).denominators}
    wanted = {one.pk for one in asked} | {found.pks[code] for code in below}
    return Told(found, counted(wanted, page.offered))


def counted(definitions: Collection[int], groups: Sequence[Group]) -> dict[str, Counts]:
    """Return by the code of a group how many of its places have a value. One query."""
    codes = [[place.code for place in group.places] for group in groups]
    rows = PublishedValue.objects.filter(
        definition__in=definitions,
        place_kind=PlaceKind.MUNICIPALITY,
        place_code__in=set().union(*codes),
        state=ValueState.VALUE,
    ).order_by()
    numbers = {
        f"of_{at}": Count("place_code", filter=Q(place_code__in=places))
        for at, places in enumerate(codes)
    }
    found: dict[str, Counts] = {group.code: defaultdict(dict) for group in groups}
    by_column = rows.values("definition", "dataset", "fiscal_year").annotate(**numbers)
    for (*key,) in by_column.values_list("definition", "dataset", "fiscal_year", *numbers):
        column = Key(*key[:3])
        for group, count in zip(groups, key[3:], strict=True):
            found[group.code][column.definition][column] = count
    return found
