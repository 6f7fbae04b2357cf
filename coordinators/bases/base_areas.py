"""拠点 by 在宅医療圏: what the towns of a prefecture have shared, each 拠点 once. Reads copies alone."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from coordinators.bases.base_copy import thaw
from coordinators.choices import BaseState, YesNo
from coordinators.models import PublishedBase
from municipalities.choices import CARE_SCENES, AreaScheme
from municipalities.models import MedicalArea, MedicalAreaMember

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from coordinators.bases.base_copy import BaseSheet
    from municipalities.models import Prefecture

    Place = tuple[str, str]

PRESENT = AreaScheme.MEDICAL_2024
UNSTATED = "圏域の記載なし"
# Scheme and code of an area; both empty where none is known.
NOWHERE = ("", "")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one town has shared of a 拠点."""

    code: str
    town: str
    sheet: BaseSheet
    shared_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One 拠点 of an area, told of by one town or several."""

    tellings: tuple[Telling, ...]

    @property
    def name(self) -> str:
        return self.tellings[0].sheet.name

    @property
    def told(self) -> tuple[tuple[str, BaseSheet], ...]:
        """What each town tells, its name before it where there are several: 「見本市：」."""
        several = len(self.tellings) > 1
        return tuple((f"{one.town}：" if several else "", one.sheet) for one in self.tellings)

    @property
    def states(self) -> set[str]:
        return {one.sheet.state for one in self.tellings}

    @property
    def is_standing(self) -> bool:
        """It is a 拠点 now: somebody says that it is placed in the plan, or just lists it."""
        return bool(self.states & {BaseState.DESIGNATED, BaseState.UNSTATED})

    @property
    def is_proposed(self) -> bool:
        return not self.is_standing and BaseState.RECOMMENDED in self.states

    @property
    def scenes(self) -> set[str]:
        return {scene for one in self.tellings for scene, _ in one.sheet.functions}

    @property
    def is_for_all_ages(self) -> bool:
        return any(one.sheet.is_for_all_ages == YesNo.YES for one in self.tellings)


@dataclass(frozen=True)
class AreaLine:
    """An area with its 拠点. `counted` are all of them, `shown` those whose towns the reader is shown."""

    name: str
    counted: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    # Of a division before the present one: its name.
    division: str = ""

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.counted if entry.is_standing)

    @property
    def number(self) -> int:
        return len(self.standing)

    @property
    def proposed(self) -> int:
        return sum(entry.is_proposed for entry in self.counted)

    @property
    def by_scene(self) -> tuple[tuple[str, int], ...]:
        """Each of the four functions with how many 拠点 have it."""
        return tuple(
            (str(scene.label), sum(scene.value in entry.scenes for entry in self.standing))
            for scene in CARE_SCENES
        )

    @property
    def for_all_ages(self) -> int:
        return sum(entry.is_for_all_ages for entry in self.standing)

    @property
    def hidden(self) -> int:
        """How many of the 拠点 are told of by other towns alone."""
        return len(self.counted) - len(self.shown)


@dataclass(frozen=True, slots=True)
class BaseAreas:
    """The areas of the present division in their order, then what lies in none of them."""

    areas: tuple[AreaLine, ...]
    others: tuple[AreaLine, ...]

    @property
    def lines(self) -> tuple[AreaLine, ...]:
        return self.areas + self.others

    @property
    def without(self) -> tuple[AreaLine, ...]:
        return tuple(line for line in self.areas if not line.number)

    @property
    def number(self) -> int:
        return sum(line.number for line in self.lines)


def of(prefecture: Prefecture, towns: frozenset[str] | None = None) -> BaseAreas:
    """Return the 拠点 of a prefecture, in three queries.

    `towns`: codes of those that a health centre is shown. Its areas are told, with the numbers of the
    whole area; by name only what its towns have shared.
    """
    areas = list(MedicalArea.objects.filter(prefecture=prefecture, scheme=PRESENT))
    members = members_of(areas)
    groups = grouped(tellings(prefecture, members))
    within = {
        place for code, places in members.items() if towns and code in towns for place in places
    }
    return BaseAreas(
        areas=tuple(
            line(area.name, groups.pop((area.scheme, area.code), []), towns)
            for area in areas
            if towns is None or (area.scheme, area.code) in within
        ),
        others=tuple(left_over(groups, {(area.scheme, area.code) for area in areas}, towns)),
    )


def members_of(areas: Iterable[MedicalArea]) -> dict[str, set[Place]]:
    """Return by the code of a town the areas that it lies in; a city lies in those of its wards."""
    found: dict[str, set[Place]] = defaultdict(set)
    rows = MedicalAreaMember.objects.filter(area__in=areas).order_by()
    for scheme, code, town, city in rows.values_list(
        "area__scheme", "area__code", "municipality__code", "municipality__parent__code"
    ):
        found[city or town].add((scheme, code))
    return found


def tellings(
    prefecture: Prefecture, members: dict[str, set[Place]]
) -> Iterable[tuple[Place, Telling]]:
    """Yield what each town has shared with its area: as it says itself, else the only one it lies in."""
    rows = PublishedBase.objects.filter(municipality__prefecture=prefecture)
    for row in rows.select_related("municipality").order_by("municipality__code", "key"):
        town, sheet = row.municipality, thaw(bytes(row.content))
        said, own = (sheet.area_scheme, sheet.area_code), members.get(town.code, set())
        # Who describes another area, as 「県内」, has not said its own.
        by_town = next(iter(own)) if len(own) == 1 and not sheet.covers else NOWHERE
        told = Telling(town.code, town.name, sheet, row.published_at)
        yield (by_town if said == NOWHERE else said), told


def grouped(found: Iterable[tuple[Place, Telling]]) -> dict[Place, list[Entry]]:
    """Return the 拠点 by area: of one name in one area it is one, whoever tells of it."""
    same: dict[tuple[Place, str], list[Telling]] = defaultdict(list)
    for place, telling in found:
        same[place, folded(telling.sheet.name)].append(telling)
    groups: dict[Place, list[Entry]] = defaultdict(list)
    for (place, _), told in same.items():
        groups[place].append(Entry(tuple(told)))
    return groups


def folded(name: str) -> str:
    """Return a name in which width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def line(name: str, entries: list[Entry], towns: frozenset[str] | None) -> AreaLine:
    return AreaLine(name, tuple(entries), tuple(shown(entries, towns)))


def shown(entries: Iterable[Entry], towns: frozenset[str] | None) -> Iterable[Entry]:
    """Yield the 拠点 with what the towns shown to the reader tell of them."""
    for entry in entries:
        told = tuple(one for one in entry.tellings if towns is None or one.code in towns)
        if told:
            yield Entry(told)


def left_over(
    groups: dict[Place, list[Entry]], present: set[Place], towns: frozenset[str] | None
) -> Iterable[AreaLine]:
    """Yield what lies in no area of the present division: counted among what the reader is shown."""
    for place in sorted(set(groups) - present, reverse=True):
        entries = list(shown(groups[place], towns))
        if not entries:
            continue
        sheet = entries[0].tellings[0].sheet
        found = line(sheet.area_name or UNSTATED, entries, towns)
        scheme = str(AreaScheme(place[0]).label) if place != NOWHERE else ""
        yield replace(found, division=scheme)
