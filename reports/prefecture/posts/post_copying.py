"""前の年度の配置を写す: the posts of a prefecture's last year become those of a year that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from coordinators.models import PrefecturePost
from municipalities.kernel.changes import create_versioned

if TYPE_CHECKING:
    from municipalities.models import User

CARRIED = (
    *("key", "name", "level", "people", "employment", "duty", "qualifications"),
    *("area", "towns", "work", "source", "position"),
)


def year_before(fiscal_year: int) -> int | None:
    """Return the newest earlier year with posts, of a year that has none. Within the prefecture."""
    posts = PrefecturePost.objects.order_by("-fiscal_year")
    if posts.filter(fiscal_year=fiscal_year).exists():
        return None
    earlier = posts.filter(fiscal_year__lt=fiscal_year)
    return earlier.values_list("fiscal_year", flat=True).first()


def copy_posts(fiscal_year: int, *, by: User) -> int:
    """Write the posts of the year before into a year that has none, and return how many. Within the prefecture.

    Pressed twice they are there once.
    """
    try:
        with transaction.atomic():
            before = year_before(fiscal_year)
            rows = PrefecturePost.objects.filter(fiscal_year=before) if before else ()
            copied = [_copied(row, fiscal_year) for row in rows]
            for row in copied:
                create_versioned(row, by=by)  # type: ignore[arg-type]
    except IntegrityError:
        return 0
    return len(copied)


def _copied(row: PrefecturePost, fiscal_year: int) -> PrefecturePost:
    values = {name: getattr(row, name) for name in CARRIED}
    return PrefecturePost(prefecture=row.prefecture, fiscal_year=fiscal_year, **values)
