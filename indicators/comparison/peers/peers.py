"""With whom a place is compared: prefecture, medical area, 類似団体, the most alike, the nation; with the reason.

Groups consist of reference data and published statistics alone, so that everybody may see them. A
行政区 is a part of its city and is nobody's peer. 見本県 is compared within itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q

from indicators.choices import PlaceKind, ValueState
from indicators.comparison.peers import nearness
from indicators.comparison.peers.nearness import Space, Vitals
from indicators.comparison.selection import NATION, PREFECTURE
from indicators.comparison.shape import Place
from indicators.models import Dataset, PublishedValue
from indicators.publishing import marking
from indicators.statistics import EXERCISE_DATASET, EXERCISE_PREFECTURE
from municipalities.choices import AreaScheme
from municipalities.models import MedicalAreaMember, Municipality, Prefecture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from indicators.publishing.marking import Marks

AREA, ALIKE, NEAR, SIZE = "area-", "alike-", "near-", "size-"
# 人口規模: from so many people, to fewer than so many, and what it is called.
SIZES = (
    (0, 10_000, "人口1万人未満"),
    (10_000, 30_000, "人口1万人以上3万人未満"),
    (30_000, 50_000, "人口3万人以上5万人未満"),
    (50_000, 100_000, "人口5万人以上10万人未満"),
    (100_000, 10**9, "人口10万人以上"),
)
SIZE_REASON = "国勢調査の人口で分けた、{name}の市区町村です。"
SCHEME = AreaScheme.MEDICAL_2024
# What decides the municipalities of the country, by labels of models.
TOWNS = ("municipalities.Municipality", "municipalities.Prefecture")
# Nearness is measured by these statistics, wherever else the same is counted.
MEASURED = {
    "population_total": "census",
    "aging_rate_75": "census",
    "area_total": "land_area_2024",
}
ALIKE_REASON = "総務省の類似団体の区分が同じ市区町村です（人口と産業の構成などによる区分。全国から選んでいます）。"
NEAR_REASON = (
    "人口・75歳以上の割合・人口密度（人口÷総面積）が最も近い{count}市区町村です。"
    "人口と75歳以上の割合は国勢調査、面積は国土地理院の面積調によります。"
)
NEAR_REASON_OF_TWO = "人口と75歳以上の割合（国勢調査）が最も近い{count}市区町村です。面積の統計がないため、人口密度は使っていません。"
NEAR_REASON_OF_EXERCISE = (
    "人口・75歳以上の割合・人口密度（人口÷総面積）が近い順に並べた{count}市町村です。"
    "見本県の中だけで選び、値は例示の統計（実在しない値）です。"
)
NO_STATISTICS = "国勢調査の人口と75歳以上の割合がないため（人口が0人の場合を含みます）、人口などが近い市区町村は選べません。"
# Alone, nobody is compared.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Places that are compared with each other, and why these.

    `places` lie in the order of their codes, or the nearest first. `reasons` says of a place, by its
    code, why it is there. `note` says what is missing.
    """

    code: str
    label: str
    reason: str
    places: tuple[Place, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def is_of_prefectures(self) -> bool:
        return self.code == NATION


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality as the reference data know it."""

    code: str
    name: str
    kana: str
    prefecture: str
    prefecture_name: str
    alike: str

    def place(self, population: Decimal | None, *, is_far: bool = False) -> Place:
        """Return the place. In a group from all over the country it bears its prefecture's name: names repeat."""
        name = f"{self.prefecture_name} {self.name}" if is_far else self.name
        people = None if population is None else int(population)
        return Place(PlaceKind.MUNICIPALITY, self.code, name, self.kana, people)


@dataclass(frozen=True, slots=True)
class Measured:
    """What nearness is measured by, and the spaces made of it so far. 見本県 is a world of its own."""

    vitals: Mapping[str, Vitals]
    spaces: dict[tuple[bool, bool], Space] = field(default_factory=dict)

    def space_around(self, own: Vitals) -> Space:
        """Return the space that a place lies in: with density where its own is known."""
        key = _is_exercise(own.code), own.density is not None
        if key not in self.spaces:
            members = (one for code, one in self.vitals.items() if _is_exercise(code) == key[0])
            self.spaces[key] = nearness.space_of(members, with_density=key[1])
        return self.spaces[key]


def _is_exercise(code: str) -> bool:
    return code.startswith(EXERCISE_PREFECTURE)


@dataclass(frozen=True, slots=True)
class Country:
    """All municipalities by code, and what nearness is measured by: read once for a page."""

    towns: Mapping[str, Town]
    measured: Measured

    def places(self, codes: Iterable[str], *, is_far: bool = False) -> tuple[Place, ...]:
        vitals = self.measured.vitals
        return tuple(
            self.towns[code].place(
                vitals[code].population if code in vitals else None, is_far=is_far
            )
            for code in codes
        )


def country(marks: Marks = ()) -> Country:
    """Read the country in two queries, and one more each when a municipality or a statistic has changed.

    In one where the marks of what is published have been read already.
    """
    decisive = marking.among(marks or marking.marks(), TOWNS)
    return Country(_towns_remembered(decisive) if decisive else _towns(), measured_now())


@lru_cache(maxsize=1)
def _towns_remembered(_marks: Marks) -> Mapping[str, Town]:
    return _towns()


def _towns() -> Mapping[str, Town]:
    rows = Municipality.objects.without_wards().order_by("code")
    columns = ("code", "name", "kana", "prefecture__code", "prefecture__name", "similar_group")
    return {row[0]: Town(*row) for row in rows.values_list(*columns)}


def measured_now() -> Measured:
    """Return what nearness is measured by, as remembered of statistics with the same fingerprint."""
    wanted = {*MEASURED.values(), EXERCISE_DATASET}
    rows = Dataset.objects.filter(code__in=wanted).order_by("code")
    prints = tuple(rows.values_list("code", "fingerprint"))
    if all(mark for _, mark in prints):
        return _remembered(prints)
    return _read()


@lru_cache(maxsize=1)
def _remembered(_prints: tuple[tuple[str, str], ...]) -> Measured:
    return _read()


def _read() -> Measured:
    """Read each measure in its newest year: two years never meet in one place."""
    rows = PublishedValue.objects.filter(
        definition__code__in=MEASURED,
        dataset__code__in={*MEASURED.values(), EXERCISE_DATASET},
        place_kind=PlaceKind.MUNICIPALITY,
        state=ValueState.VALUE,
    ).order_by()
    columns = ("definition__code", "fiscal_year", "place_code", "value")
    years: dict[str, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for definition, year, code, value in rows.values_list(*columns):
        years[definition][year][code] = value
    newest = {code: by_year[max(by_year)] for code, by_year in years.items()}
    ageing, area = newest.get("aging_rate_75", {}), newest.get("area_total", {})
    return Measured(
        {
            code: Vitals(code, population, ageing.get(code), area.get(code))
            for code, population in newest.get("population_total", {}).items()
        }
    )


def groups_for(municipality: Municipality) -> list[Group]:
    """Return the groups that a town may compare itself with; one without places says why in its note.

    Three queries, and one more when a statistic has changed.
    """
    here = country()
    own = here.towns[municipality.code]
    in_own = Q(area__members__municipality__code=own.code)
    in_own |= Q(area__members__municipality__parent__code=own.code)
    found = [
        of_prefecture(own.prefecture, own.prefecture_name, here),
        *areas(here, in_own),
        alike(own, here),
        near(own, here),
    ]
    return [group for group in found if group]


def groups_of_prefecture(prefecture: Prefecture, here: Country | None = None) -> list[Group]:
    """Return the groups that an officer may choose: prefecture, its medical areas and sizes, the nation."""
    here = here or country()
    whole = of_prefecture(prefecture.code, prefecture.name, here)
    return [
        whole,
        *areas(here, Q(area__prefecture=prefecture)),
        *sizes(whole, prefecture.name),
        of_the_nation(),
    ]


def group_of(
    code: str, *, prefecture: Prefecture | None = None, municipality: Municipality | None = None
) -> Group:
    """Return the group of a code, seen from a prefecture or a town; what nobody knows there is the prefecture."""
    home = municipality.prefecture if municipality else prefecture
    if home is None:
        raise ValueError("A group is seen from a prefecture or from a town")
    if code == NATION:
        return of_the_nation()
    here = country()
    found = named(code, home, here) or of_prefecture(home.code, home.name, here)
    if municipality is None and is_around(found.code):
        # A town knows its own; an officer is told whose they are.
        return replace(found, label=around_label(here.towns[found.code.partition("-")[2]], found))
    return found


def named(code: str, home: Prefecture, here: Country) -> Group | None:
    """Return the area of a prefecture, or the group around one of its towns, that a code names; None for what is neither."""
    if code.startswith(AREA):
        own = Q(area__code=code.removeprefix(AREA), area__prefecture=home)
        return next(iter(areas(here, own)), None)
    for prefix, make in AROUND.items():
        centre = here.towns.get(code.removeprefix(prefix)) if code.startswith(prefix) else None
        if centre and centre.prefecture == home.code:
            return make(centre, here)
    return None


def is_around(code: str) -> bool:
    """Say whether a code is written as that of a group around a town."""
    return code.startswith(tuple(AROUND))


def around_label(own: Town, group: Group) -> str:
    """Return 「水戸市：人口などが近い市区町村」: what a group is called by who is not its town."""
    return f"{own.name}：{group.label}"


def of_the_nation() -> Group:
    """Return the 47 prefectures, in one query."""
    rows = Prefecture.objects.exclude(code=EXERCISE_PREFECTURE).order_by("code")
    places = tuple(
        Place(PlaceKind.PREFECTURE, code, name, kana)
        for code, name, kana in rows.values_list("code", "name", "kana")
    )
    return Group(NATION, "全国（都道府県）", "47都道府県を並べています。", places)


def of_prefecture(code: str, name: str, here: Country) -> Group:
    members = [town.code for town in here.towns.values() if town.prefecture == code]
    return Group(PREFECTURE, name, f"{name}のすべての市区町村です。", here.places(members))


def sizes(whole: Group, name: str) -> Iterator[Group]:
    """Yield the municipalities of a prefecture by how many people live there; nobody alone, and not all of them."""
    for least, below, label in SIZES:
        places = tuple(
            one
            for one in whole.places
            if one.population is not None and least <= one.population < below
        )
        if FEWEST <= len(places) < len(whole.places):
            reason = SIZE_REASON.format(name=name)
            yield Group(f"{SIZE}{least}", label, reason, places)


def too_few_of(code: str, whole: Group, prefecture: Prefecture) -> tuple[str, int] | None:
    """Return label and number of municipalities of an area or size that is there and not offered; None for neither.

    At most one query.
    """
    if code.startswith(AREA):
        own = Q(area__code=code.removeprefix(AREA), area__prefecture=prefecture)
        rows = MedicalAreaMember.objects.filter(own, area__scheme=SCHEME).order_by()
        columns = ("area__name", "municipality__code", "municipality__parent__code")
        members = [(name, city or town) for name, town, city in rows.values_list(*columns)]
        return (area_label(members[0][0]), len(set(members))) if members else None
    for least, below, label in SIZES:
        if code == f"{SIZE}{least}":
            people = (one.population for one in whole.places)
            return label, sum(one is not None and least <= one < below for one in people)
    return None


def area_label(name: str) -> str:
    return f"二次医療圏（{name}）"


def areas(here: Country, only: Q) -> list[Group]:
    """Return medical areas of more than one municipality, in one query.

    A city whose wards lie in several areas is a member of each.
    """
    rows = MedicalAreaMember.objects.filter(only, area__scheme=SCHEME).order_by("area__code")
    columns = ("area__code", "area__name", "municipality__code", "municipality__parent__code")
    names: dict[str, str] = {}
    members: dict[str, set[str]] = defaultdict(set)
    for area, name, code, city in rows.values_list(*columns).distinct():
        names[area] = name
        members[area].add(city or code)
    return [
        Group(
            f"{AREA}{area}",
            area_label(names[area]),
            f"第8次医療計画の二次医療圏「{names[area]}」の市区町村です。",
            here.places(sorted(codes)),
        )
        for area, codes in members.items()
        if len(codes) > 1
    ]


def around(code: str, prefecture: str, here: Country) -> tuple[tuple[str, str], ...]:
    """Return code and label of the groups around a town of the prefecture that have members, from all over the country."""
    own = here.towns.get(code)
    if own is None or own.prefecture != prefecture:
        return ()
    found = (alike(own, here), near(own, here))
    return tuple((one.code, around_label(own, one)) for one in found if one and one.places)


def alike(own: Town, here: Country) -> Group | None:
    """Return the 類似団体 of a town; None where it has no group, or is alone in it."""
    members = [one.code for one in here.towns.values() if own.alike and one.alike == own.alike]
    if len(members) < FEWEST:
        return None
    label = f"類似団体（{own.alike}）"
    return Group(f"{ALIKE}{own.code}", label, ALIKE_REASON, here.places(members, is_far=True))


def near(own: Town, here: Country) -> Group:
    """Return a town and those most like it, the nearest first, each with its reason."""
    code, label = f"{NEAR}{own.code}", "人口などが近い市区町村"
    centre = here.measured.vitals.get(own.code)
    ranked = here.measured.space_around(centre).nearest(own.code) if centre else []
    found = [one for one in ranked if one.code in here.towns]
    if centre is None or not found:
        return Group(code, label, "", (), note=NO_STATISTICS)
    return Group(
        code,
        label,
        reason_of(centre).format(count=len(found)),
        here.places([own.code, *(one.code for one in found)], is_far=True),
        {one.code: nearness.words(centre, one) for one in found},
    )


AROUND: Mapping[str, Callable[[Town, Country], Group | None]] = {ALIKE: alike, NEAR: near}


def reason_of(centre: Vitals) -> str:
    if _is_exercise(centre.code):
        return NEAR_REASON_OF_EXERCISE
    return NEAR_REASON if centre.area else NEAR_REASON_OF_TWO
