"""Which fiscal year an officer's pages open, and which they offer beside the one they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.choices import ScopeKind
from municipalities.entrance.known_years import this_year
from reports.models import DueDate, OfficerEntry, Progress, YearProgress

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from municipalities.access import Scope


def years_around(year: int, known: Iterable[int] = ()) -> list[int]:
    """Return this year and the next, the one that is shown, and those with anything in them; newest first."""
    return sorted({*known, this_year(), this_year() + 1, year}, reverse=True)


def with_anything(scope: Scope) -> list[int]:
    """Return the years that have anything, the newest first, in one query; asked only within a prefecture.

    A town shown there has begun the year, submitted in it or is entered for it, or the prefecture has set a date.
    """
    prefecture: Any = scope.prefecture
    towns = scope.municipalities().order_by().values("pk")
    dates = DueDate.objects.filter(scope_kind=ScopeKind.PREFECTURE, scope_code=prefecture.code)
    return _years(
        YearProgress.objects.filter(municipality__in=towns),
        Progress.objects.filter(municipality__in=towns),
        OfficerEntry.objects.filter(municipality__in=towns),
        dates,
    )


def with_anything_nationwide() -> list[int]:
    """Return the years in which any town of the country has anything, the newest first, in one query."""
    return _years(YearProgress.objects.all(), Progress.objects.all(), OfficerEntry.objects.all())


def _years(first, *others) -> list[int]:
    found = (one.order_by().values_list("fiscal_year", flat=True) for one in others)
    years = first.order_by().values_list("fiscal_year", flat=True).union(*found)
    return sorted(years, reverse=True)


def first_shown(known: Collection[int]) -> int:
    """Return this year where it has anything; else the newest year before it that has, else this year all the same."""
    today = this_year()
    return max((year for year in known if year <= today), default=today)


def offered(known: Iterable[int], year: int) -> list[int]:
    """Return the years with anything in them, this year and the one that is shown, the newest first."""
    return sorted({*known, this_year(), year}, reverse=True)


def empty_today(known: Collection[int], year: int) -> int | None:
    """Return this year where it has nothing and the page opened an earlier one instead."""
    today = this_year()
    return today if year < today and year == first_shown(known) else None
