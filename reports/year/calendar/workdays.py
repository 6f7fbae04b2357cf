"""Days on which offices of municipalities are open. Pure.

Closed are Saturdays, Sundays, the holidays of 国民の祝日に関する法律 (with substitute and bridging days) and 29 December
to 3 January (地方自治法第4条の2).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)
# Month and day of the turn of the year.
CLOSED = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


def is_workday(day: dt.date) -> bool:
    """Say whether an office is open on this day."""
    is_closed = day.weekday() >= SATURDAY or (day.month, day.day) in CLOSED
    return not is_closed and day not in _holidays(day.year)


def next_workday(day: dt.date) -> dt.date:
    """Return the first workday after a day."""
    found = day + ONE_DAY
    while not is_workday(found):
        found += ONE_DAY
    return found


def is_first_of_week(day: dt.date) -> bool:
    """Say whether a workday is the first one of its week, which begins on Monday."""
    monday = day - ONE_DAY * day.weekday()
    earlier = (monday + ONE_DAY * number for number in range(day.weekday()))
    return is_workday(day) and not any(is_workday(one) for one in earlier)


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[dt.date]:
    import holidays  # noqa: PLC0415 -- a tenth of a second that only the calendar needs

    return frozenset(holidays.country_holidays("JP", years=year))
