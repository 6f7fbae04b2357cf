"""Posts of coordinators that the prefecture keeps, as its towns are shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from coordinators.models import PrefecturePost
from coordinators.sheet import PrefecturePostLine
from municipalities.models import MedicalAreaMember
from municipalities.prefecture_tenancy import reading_prefecture

if TYPE_CHECKING:
    from municipalities.models import Municipality


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
