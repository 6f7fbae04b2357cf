"""次にやること: the few deeds that come next, ordered by how urgent they are. Pure: no database, no addresses.

People who wait come first, then what has a date, then the year's work along its chain. A typical month is a
hint from the staff's year (ux.md 2.5); only a date that somebody has set can be past.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.submission.counting.phases import Way

MOST = 5
# A date farther away does not press before the year's own work.
NEAR = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Thing:
    """One deed: the words of its way are a verb phrase.

    `look` and `word` are its tag. `is_waited_for`: a person waits, or something is broken. `due` is a day
    that somebody has set, `due_words` how they said it; `month` is when the work is usually done.
    """

    way: Way
    look: str = "todo"
    word: str = ""
    is_waited_for: bool = False
    due: dt.date | None = None
    due_words: str = ""
    month: int | None = None
    hint: str = ""

    @property
    def words(self) -> str:
        return self.way.words

    def days_left(self, today: dt.date) -> int | None:
        return None if self.due is None else (self.due - today).days

    @property
    def when(self) -> str:
        """「8月15日まで」, 「令和6年度末まで」, 「11月ごろ」, or nothing."""
        if self.due is not None:
            return _until(self.due_words or f"{self.due.month}月{self.due.day}日")
        return f"{self.month}月ごろ" if self.month else ""


def _until(words: str) -> str:
    return words if words.endswith(("まで", "以降")) else f"{words}まで"


@dataclass(frozen=True, slots=True)
class Next:
    """A deed as it is shown: with what its date means today."""

    thing: Thing
    is_late: bool

    @property
    def late_words(self) -> str:
        return "期限を過ぎています" if self.is_late else ""


def first_few(things: Iterable[Thing], *, today: dt.date) -> list[Next]:
    """Return the most urgent ones; of equal ones what comes first in the chain."""
    return in_order(things, today=today)[:MOST]


def in_order(things: Iterable[Thing], *, today: dt.date) -> list[Next]:
    """Return all of them, the most urgent first."""
    ordered = sorted(things, key=lambda one: _urgency(one, today))
    return [Next(one, one.due is not None and one.due < today) for one in ordered]


def _urgency(thing: Thing, today: dt.date) -> tuple[int, dt.date]:
    due = thing.due or dt.date.min
    if thing.is_waited_for:
        return 0, due
    if thing.due is None:
        return 2, due
    return (1 if thing.due <= today + NEAR else 3), due
