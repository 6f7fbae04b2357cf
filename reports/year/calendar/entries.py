"""One date of a year, and the year by months. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.japanese import dates, fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.choices import EntryKind

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Entry:
    """A date with what it is for.

    `day` is the last one that `when` may mean; `when` is empty where the day is exact. `note` tells whose date it
    is or who does it; `uid` knows it again among all dates of a municipality.
    """

    uid: str
    kind: EntryKind
    day: dt.date
    text: str
    when: str = ""
    note: str = ""
    url: str = ""
    is_done: bool = False
    # What is said of it once it is done.
    done_word: str = "済み"
    # Of the town's own dates: the key under which they are changed.
    key: str = ""

    @property
    def is_exact(self) -> bool:
        return not self.when

    @property
    def in_words(self) -> str:
        """「2026年11月13日（金）」, or the time as people said it."""
        return self.when or dates.in_western(self.day)

    @property
    def in_its_month(self) -> str:
        """「11月13日（金）」 under the month of its year, or the time as people said it."""
        return self.when or dates.without_year(self.day)

    def days_left(self, today: dt.date) -> int:
        return (self.day - today).days


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year with its dates in their order."""

    label: str
    entries: tuple[Entry, ...]
    is_now: bool


def by_month(entries: Iterable[Entry], *, fiscal_year: int, today: dt.date) -> list[Month]:
    """Return the twelve months of a fiscal year; dates outside it are left out."""
    found: dict[int, list[Entry]] = {month: [] for month in MONTHS}
    for entry in sorted(entries, key=lambda one: (one.day, one.is_exact, one.uid)):
        if fiscal.fiscal_year_of(entry.day) == fiscal_year:
            found[entry.day.month].append(entry)
    is_this_year = fiscal.fiscal_year_of(today) == fiscal_year
    return [
        Month(label_of(fiscal_year, month), tuple(rows), is_this_year and month == today.month)
        for month, rows in found.items()
    ]


def label_of(fiscal_year: int, month: int) -> str:
    """「令和8年4月（2026年）」 … 「令和9年3月（2027年）」."""
    first = dt.date(fiscal_year if month in MONTHS[:9] else fiscal_year + 1, month, 1)
    return f"{dates.in_wareki(first).removesuffix('1日')}（{first.year}年）"
