"""Posts of coordinators that the prefecture keeps, as its towns are shown them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from coordinators.models import PrefecturePost, PublishedStructure
from coordinators.sheet import PrefecturePostLine
from municipalities.models import MedicalAreaMember
from municipalities.prefecture_tenancy import reading_prefecture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.access import Scope
    from municipalities.models import Municipality


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


def totals(posts: Iterable[PrefecturePost], scope: Scope, fiscal_year: int) -> Totals:
    """Add up the prefecture's posts and what its towns have published of their structures, in one query.

    A structure of several towns is published by its lead alone, and counts no post of the prefecture.
    """
    prefecture = scope.prefecture
    copies = PublishedStructure.objects.for_officers(prefecture, scope.towns)  # type: ignore[arg-type]
    found = copies.filter(municipality__prefecture=prefecture, fiscal_year=fiscal_year)
    numbers = found.values_list("municipality__code", "people")
    return Totals(
        people_in(post.people for post in posts),
        people_in(number for code, number in numbers if scope.covers(code)),
    )


def people_in(numbers: Iterable[int | None]) -> People:
    every = list(numbers)
    known = [number for number in every if number is not None]
    return People(len(every), sum(known), len(every) - len(known))


def posts_shown_in(municipality: Municipality, fiscal_year: int) -> tuple[PrefecturePostLine, ...]:
    """Return the prefecture's posts that work for this municipality in a year, in one query.

    Those of one 二次医療圏 are shown in its municipalities, and in a city whose wards lie in it.
    """
    here = Q(municipality=municipality) | Q(municipality__parent=municipality)
    areas = MedicalAreaMember.objects.filter(here).values("area")
    with reading_prefecture(municipality.prefecture_id):
        rows = PrefecturePost.objects.filter(
            Q(area=None) | Q(area__in=areas), fiscal_year=fiscal_year
        ).select_related("area")
        return tuple(line_of(row) for row in rows)


def line_of(post: PrefecturePost) -> PrefecturePostLine:
    return PrefecturePostLine(
        key=post.key,
        name=post.name,
        level=post.level,
        people=post.people,
        employment=post.employment,
        duty=post.duty,
        qualifications=post.qualifications,
        area="" if post.area is None else post.area.name,
        work=post.work,
        source=post.source,
    )
