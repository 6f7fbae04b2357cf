"""Which fiscal years a prefecture's pages are there for: the one place that decides, before any view runs.

Pages of which a higher app knows since when they have anything begin there: it registers by the namespace of their
addresses. All others begin with the programme, or with the first of those where that is earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from municipalities.entrance.scopes import NoSuchYearError, YearThere
from municipalities.japanese import fiscal

if TYPE_CHECKING:
    from collections.abc import Callable

    from municipalities.models import Prefecture

# 在宅医療・介護連携推進事業 is one of the 地域支援事業 since 平成27年度.
PROGRAMME_BEGAN = 2015
FIRST_PAGE = "prefecture:progress"


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages with a first year of their own: `page` is offered for other years, `called` follows the prefecture's name.

    `has_begun` says whether a year is not before the first, which is asked at every opening and costs less.
    """

    first: Callable[[Prefecture], int]
    has_begun: Callable[[Prefecture, int], bool]
    page: str
    called: str


# By the namespace of their addresses.
OWN: dict[str, Pages] = {}


def this_year() -> int:
    """Return today's fiscal year in Japan."""
    return fiscal.fiscal_year_of(timezone.localdate())


def register(namespace: str, pages: Pages) -> None:
    """Let a higher app say since when its pages are there."""
    OWN[namespace] = pages


def require(prefecture: Prefecture, year: int, namespace: str) -> None:
    """Raise NoSuchYearError for a year of these pages that is not there; no query for this year and the next."""
    own, newest = OWN.get(namespace), this_year() + 1
    if year <= newest and has_begun(prefecture, year, own):
        return
    first = first_of(prefecture, own)
    page, called = (own.page, own.called) if own else (FIRST_PAGE, "")
    there = range(newest, first - 1, -1)
    raise NoSuchYearError(
        year,
        [YearThere(one, reverse(page, args=[prefecture.code, one])) for one in there],
        f"{prefecture.name}{called}",
    )


def has_begun(prefecture: Prefecture, year: int, own: Pages | None) -> bool:
    """Say whether a year of these pages is not before their first."""
    if own:
        return year >= this_year() or own.has_begun(prefecture, year)
    return year >= PROGRAMME_BEGAN or any(one.has_begun(prefecture, year) for one in OWN.values())


def first_of(prefecture: Prefecture, own: Pages | None) -> int:
    """Return the first year of these pages, this one at the latest."""
    if own:
        return min(own.first(prefecture), this_year())
    return min(PROGRAMME_BEGAN, *(one.first(prefecture) for one in OWN.values()))
