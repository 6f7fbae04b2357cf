"""Which dates are told of on which day. Pure.

A reminder is so many days before its date. Where that day is no workday it is told on the workday before, so that
nobody hears of a Monday's date on that Monday.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING

from reports.year.calendar import workdays

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reports.year.calendar.entries import Entry

# Where neither operator nor town has said anything.
USUAL = (14, 7, 1)
MOST_DAYS, MOST_REMINDERS = 90, 5
EXAMPLE = "14、7、1"
SEPARATORS = re.compile(r"[\s、,・/]+")
NOT_DAYS = f"日数を、{EXAMPLE} のように読点で区切って書いてください。"
OUT_OF_RANGE = f"日数は、0日から{MOST_DAYS}日までにしてください。"
TOO_MANY = f"知らせる日は、{MOST_REMINDERS}つまでにしてください。"


def read(text: str) -> tuple[int, ...]:
    """Return the days before a date in 「14、7、1」, greatest first, each once; empty for an empty text.

    Raises ValueError with a sentence that says what to write.
    """
    folded = unicodedata.normalize("NFKC", text).strip().removesuffix("日前")
    pieces = [piece.removesuffix("日前").removesuffix("日") for piece in SEPARATORS.split(folded)]
    typed = [piece for piece in pieces if piece]
    if not all(re.fullmatch(r"\d{1,4}", piece, re.ASCII) for piece in typed):
        raise ValueError(NOT_DAYS)
    days = {int(piece) for piece in typed}
    if days and max(days) > MOST_DAYS:
        raise ValueError(OUT_OF_RANGE)
    if len(days) > MOST_REMINDERS:
        raise ValueError(TOO_MANY)
    return tuple(sorted(days, reverse=True))


def written(days: Iterable[int]) -> str:
    """Return days as they are kept and shown: 「14、7、1」."""
    return "、".join(str(day) for day in sorted(days, reverse=True))


def in_words(days: Iterable[int]) -> str:
    """Return when people are told: 「14日前、7日前、当日の朝」."""
    words = (f"{day}日前" if day else "当日" for day in sorted(days, reverse=True))
    return f"{'、'.join(words)}の朝"


def due_today(entries: Iterable[Entry], *, days: Collection[int], today: dt.date) -> list[Entry]:
    """Return what is to be told today, in the order of its dates: nothing on a day that is no workday.

    Only what is still open and has a day of its own, not a month or a 「頃」, is told of.
    """
    if not workdays.is_workday(today):
        return []
    until = workdays.next_workday(today)
    told = [
        entry
        for entry in entries
        if entry.is_exact
        and not entry.is_done
        and any(today <= entry.day - dt.timedelta(days=before) < until for before in days)
    ]
    return sorted(told, key=lambda entry: (entry.day, entry.uid))
