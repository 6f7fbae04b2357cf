"""By which day a meeting stands, held or planned; pure."""

from __future__ import annotations

import datetime as dt

from municipalities import fuzzy_dates


def last_day(held_on: dt.date | str | None, planned: str) -> dt.date:
    """Return the day of a meeting, or the last one that its plan speaks of; without either, date.max.

    The document writes the day as ISO text.
    """
    if isinstance(held_on, str) and held_on:
        return dt.date.fromisoformat(held_on)
    if isinstance(held_on, dt.date):
        return held_on
    found = fuzzy_dates.read_or_none(planned)
    return found.latest if found else dt.date.max
