"""ほかの市区町村と比べる: a municipality beside its peers, by published statistics and by name.

Its own entered value stands beside the published one; what others have entered is not read here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indicators.choices import PlaceKind
from indicators.comparison.peers import peers
from indicators.comparison.reading.published import asked_for, known
from indicators.comparison.reading.reading import Reader, comparison
from indicators.comparison.scenes import SCENES
from indicators.comparison.shape import Origin
from indicators.measurements.values import Told, standing_with_doubt
from indicators.models import Measurement
from indicators.publishing import marking

if TYPE_CHECKING:
    from collections.abc import Collection

    from indicators.comparison.peers.peers import Group
    from indicators.comparison.scenes import Scene
    from indicators.comparison.selection import Selection
    from indicators.comparison.shape import Column, Comparison, Place
    from indicators.publishing.marking import Marks
    from municipalities.models import Cycle, Municipality


# The size of a place is told once; whoever asks for another size by its code gets it.
POPULATION = "population_total"
SIZES = frozenset({"人", "世帯", "ha"})


@dataclass(frozen=True, slots=True)
class TownPage:
    """What the page shows: the selection as it was understood, its groups, and the comparison.

    `entered`: by indicator the newest value that the town itself has entered.
    """

    selection: Selection
    groups: tuple[Group, ...]
    group: Group
    scene: Scene | None
    own: Place
    prefecture: str
    compared: Comparison
    entered: dict[str, Told]

    @property
    def notes(self) -> tuple[str, ...]:
        """What cannot be compared, and why."""
        return tuple(group.note for group in self.groups if group.note)

    @property
    def offered(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.places)


def of(cycle: Cycle, asked: Selection) -> TownPage:
    """Read the page; a group or scene that is not the town's to choose counts as not asked.

    The selection is made anew: by name a town reads statistics alone, whatever its address says. Where neither
    scene nor indicator is asked for, it opens at the first scene that has something to compare.
    """
    groups = tuple(peers.groups_for(cycle.municipality))
    group = next((one for one in groups if one.places and one.code == asked.group), groups[0])
    scene, marks = scene_of(asked), marking.marks()
    selection = understood(asked, group, scene, until=cycle.fiscal_year)
    home = tuple(place.code for place in groups[0].places)
    compared = compared_with(cycle.municipality, selection, group, around=home, marks=marks)
    if scene is not None and scene.value != asked.scene and not compared.columns:
        whole = replace(selection, scene="")
        there = compared_with(cycle.municipality, whole, group, around=home, marks=marks)
        scene = first_told(there) or scene
        selection = replace(selection, scene=scene.value)
        compared = compared_with(cycle.municipality, selection, group, around=home, marks=marks)
    return TownPage(
        selection=selection,
        groups=groups,
        group=group,
        scene=scene,
        own=next(one for one in groups[0].places if one.code == cycle.municipality.code),
        prefecture=cycle.municipality.prefecture.name,
        compared=compared,
        entered=entered_by(cycle, [column.code for column in compared.columns]),
    )


def understood(asked: Selection, group: Group, scene: Scene | None, *, until: int) -> Selection:
    """Return what a town may ask of it: order, pooling and drawing as they are, and no year after its own."""
    return replace(
        asked,
        origin=Origin.STATISTICS,
        year=asked.year if asked.year and asked.year <= until else None,
        group=group.code,
        scene=scene.value if scene else "",
        indicators=() if scene else asked.indicators,
        only_behind=False,
        until=until,
    )


def compared_with(
    municipality: Municipality,
    selection: Selection,
    group: Group,
    *,
    around: tuple[str, ...],
    marks: Marks,
) -> Comparison:
    """Return the comparison; of a scene without what tells nothing."""
    prefecture = municipality.prefecture.code
    reader = Reader(prefecture, municipality.code, group.label, around=around)
    found = comparison(selection, group.places, reader=reader, marks=marks)
    if not selection.scene:
        return found
    worth = (column for column in found.columns if is_worth_comparing(column, found))
    return replace(found, columns=tuple(worth))


def later_year(page: TownPage) -> int | None:
    """Return the newest year of statistics of what is asked for that lies after the page's own; None for none. One query."""
    kinds, prefecture = {PlaceKind.MUNICIPALITY.value}, page.own.code[:2]
    told = asked_for(page.selection, known(kinds, prefecture=prefecture).rows)
    newest = max((one.newest for one in told if one.newest), default=0)
    until = page.selection.until
    return newest if until is not None and newest > until else None


def is_worth_comparing(column: Column, found: Comparison) -> bool:
    """Leave out what too few places have, and how large a place is in other words than its population.

    That nobody offers it somewhere is worth knowing, although such a zero is no part of the distribution.
    """
    if column.unit in SIZES and not column.per and column.code != POPULATION:
        return False
    told = (found.cell(place, column).value is not None for place in found.places)
    return sum(told) >= peers.FEWEST


def scene_of(asked: Selection) -> Scene | None:
    """Return the scene asked for; None where indicators are named and no scene is; else the first."""
    named = next((one for one in SCENES if one.value == asked.scene), None)
    return named or (None if asked.indicators else SCENES[0])


def first_told(compared: Comparison) -> Scene | None:
    """Return the first scene that has something worth comparing; None for none."""
    worth = [column for column in compared.columns if is_worth_comparing(column, compared)]
    told = {scene for column in worth for scene in column.scenes}
    return next((one for one in SCENES if one.value in told), None)


def entered_by(cycle: Cycle, codes: Collection[str]) -> dict[str, Told]:
    """Return by indicator the newest number that the town has entered, not later than the year. One query."""
    rows = Measurement.objects.filter(
        code__in=codes, fiscal_year__lte=cycle.fiscal_year, value__isnull=False
    ).select_related("definition", "own_definition")
    by_code: dict[str, list[Any]] = defaultdict(list)
    for row in rows.order_by("fiscal_year", "key"):
        by_code[row.code].append(row)
    return {code: newest(values) for code, values in by_code.items()}


def newest(values: list[Any]) -> Told:
    by_year = standing_with_doubt(values)
    year = max(by_year)
    return Told(by_year[year].defined_by, year, by_year[year])
