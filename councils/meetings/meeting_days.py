"""By which day a meeting stands, held or planned; pure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from municipalities.japanese import fuzzy_dates

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def numbers(rows: Iterable[Any], *, today: dt.date) -> tuple[int, int]:
    """Return how many meetings of a document took place, and how many are planned still: a plan is no meeting."""
    standing = [row for row in rows if not row["is_cancelled"]]
    held = sum(was_held(row["held_on"], row["minutes"], today=today) for row in standing)
    return held, len(standing) - held


def was_held(held_on: dt.date | str | None, minutes: str, *, today: dt.date) -> bool:
    """Say whether a meeting that was not called off took place: it has minutes, or its day has come."""
    return bool(minutes) or (bool(held_on) and last_day(held_on, "") <= today)
