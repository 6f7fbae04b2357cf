"""一年の流れ: what was and is done in which month, from two years' rows. Pure, without Django."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
UNDATED = "時期が月まで決まっていないもの"
# What may lie anywhere in more than so many days belongs to no month.
LONGEST = dt.timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something with a time: when it was or will be, what, and of what kind. `earliest` None: nobody knows.

    `when` is the time as it was written; `fiscal_year` is the year whose row it is.
    """

    what: str
    kind: str
    when: str
    fiscal_year: int
    earliest: dt.date | None = None
    latest: dt.date | None = None
    url: str = ""

    @property
    def month(self) -> int | None:
        """The month under which it stands, or None."""
        if self.earliest is None or self.latest is None or self.latest == dt.date.max:
            return None
        return self.latest.month if self.latest - self.earliest <= LONGEST else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A happening in the list; `is_last_year` is what was done then and comes again, perhaps."""

    happening: Happening
    is_last_year: bool


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    rows: tuple[Shown, ...]


def months(happenings: Iterable[Happening], *, fiscal_year: int) -> tuple[Month, ...]:
    """Return the months from April on that have something, last year's beside this year's; the undated at the end."""
    found: dict[int | None, list[Happening]] = defaultdict(list)
    for one in happenings:
        found[one.month].append(one)
    order: list[int | None] = [*MONTHS, None]
    return tuple(
        Month(
            UNDATED if month is None else f"{month}月",
            tuple(_shown(one, fiscal_year) for one in sorted(found[month], key=_order)),
        )
        for month in order
        if found[month]
    )


def _shown(one: Happening, fiscal_year: int) -> Shown:
    own = one.fiscal_year if one.latest in {None, dt.date.max} else _year_of(one)
    return Shown(one, is_last_year=own < fiscal_year)


def _year_of(one: Happening) -> int:
    return fiscal.fiscal_year_of(one.latest) if one.latest else one.fiscal_year


def _order(one: Happening) -> tuple[dt.date, str, str]:
    return one.latest or dt.date.max, one.kind, one.what
