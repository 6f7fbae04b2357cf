"""Posts of coordinators that the prefecture keeps, as its towns are shown them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from coordinators.models import PrefecturePost, PublishedStructure
from coordinators.reading.sheet import PrefecturePostLine
from municipalities import town_codes
from municipalities.models import MedicalAreaMember, Municipality
from municipalities.prefecture_tenancy import reading_prefecture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from municipalities.access import Scope
    from municipalities.models import Prefecture


@dataclass(frozen=True, slots=True)
class People:
    """How many people some rows state together, and how many rows state none."""

    rows: int
    number: int
    unstated: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The coordinators of a prefecture in a year: its own, each once, and those of its towns."""

    own: People
    towns: People

    @property
    def together(self) -> int:
        return self.own.number + self.towns.number


@dataclass(frozen=True, slots=True)
class Kept:
    """The coordinators of a prefecture in a year as a person is shown them; `names` are those of towns by code."""

    posts: tuple[PrefecturePost, ...]
    structures: tuple[PublishedStructure, ...]
    names: Mapping[str, str]

    @property
    def totals(self) -> Totals:
        """Add up the prefecture's posts and what its towns have published of their structures.

        A structure of several towns is published by its lead alone, and counts no post of the prefecture.
        """
        return Totals(
            people_in(post.people for post in self.posts),
            people_in(one.people for one in self.structures),
        )


def kept_in(scope: Scope, fiscal_year: int) -> Kept:
    """Return them in three queries."""
    prefecture: Prefecture = scope.prefecture  # type: ignore[assignment]
    with reading_prefecture(prefecture):
        rows = PrefecturePost.objects.filter(fiscal_year=fiscal_year).select_related("area")
        posts = tuple(rows)
    names = dict(prefecture.municipalities.values_list("code", "name"))
    return Kept(posts, structures_of(scope, fiscal_year), names)


def structures_of(scope: Scope, fiscal_year: int) -> tuple[PublishedStructure, ...]:
    """Return what the towns that are shown there have published of a year, in one query."""
    prefecture = scope.prefecture
    copies = PublishedStructure.objects.for_officers(prefecture, scope.towns)  # type: ignore[arg-type]
    found = copies.filter(municipality__prefecture=prefecture, fiscal_year=fiscal_year)
    rows = found.select_related("municipality").defer("content")
    return tuple(row for row in rows if scope.covers(row.municipality.code))


def people_in(numbers: Iterable[int | None]) -> People:
    every = list(numbers)
    known = [number for number in every if number is not None]
    return People(len(every), sum(known), len(every) - len(known))


def posts_shown_in(municipality: Municipality, fiscal_year: int) -> tuple[PrefecturePostLine, ...]:
    """Return the prefecture's posts that work for this municipality in a year, in two queries at most.

    Those of one 二次医療圏 are shown in its municipalities, and in a city whose wards lie in it;
    those of some towns in these alone.
    """
    here = Q(municipality=municipality) | Q(municipality__parent=municipality)
    areas = MedicalAreaMember.objects.filter(here).values("area")
    with reading_prefecture(municipality.prefecture_id):
        for_all = Q(area=None, towns="")
        rows = list(
            PrefecturePost.objects.filter(
                for_all
                | Q(area__in=areas)
                | Q(towns__contains=town_codes.write([municipality.code])),
                fiscal_year=fiscal_year,
            ).select_related("area")
        )
    names = names_of(rows, municipality.prefecture_id)
    return tuple(line_of(row, names) for row in rows)


def names_of(posts: Iterable[PrefecturePost], prefecture_id: int) -> dict[str, str]:
    """Return the names of the towns that the posts are for, by code, in one query; none where no post names one."""
    codes = {code for post in posts for code in post.town_codes}
    if not codes:
        return {}
    found = Municipality.objects.filter(prefecture_id=prefecture_id, code__in=codes)
    return dict(found.values_list("code", "name"))


def in_words(post: PrefecturePost, names: Mapping[str, str]) -> str:
    """Return the towns that a post is for: 「見本市、見本町」; empty where it is for an area or for all."""
    return "、".join(names.get(code, code) for code in post.town_codes)


def line_of(post: PrefecturePost, names: Mapping[str, str]) -> PrefecturePostLine:
    return PrefecturePostLine(
        key=post.key,
        name=post.name,
        level=post.level,
        people=post.people,
        employment=post.employment,
        duty=post.duty,
        qualifications=post.qualifications,
        area="" if post.area is None else post.area.name,
        towns=in_words(post, names),
        work=post.work,
        source=post.source,
    )
