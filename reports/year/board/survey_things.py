"""What the rounds of asking still ask for: opening, reminding, closing, registering before the answers go."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from reports.submission.counting.phases import Way
from reports.year.board.next_things import Thing
from surveys.choices import RoundState
from surveys.rounds.emptying import WARNED_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHOWN = 30
# Who is asked once more so long before the end has time to answer.
REMINDED = dt.timedelta(days=10)


def things(rounds: Iterable[Any], *, today: dt.date) -> Iterator[Thing]:
    """Yield at most one thing for each round."""
    for row in rounds:
        if found := WAYS[RoundState(row.state)](row, today):
            yield found


def named(row: Any, deed: str) -> Way:
    title = row.title if len(row.title) <= SHOWN else f"{row.title[:SHOWN]}…"
    return Way(f"調査「{title}」{deed}", "surveys:round", (row.key,))


def _draft(row: Any, today: dt.date) -> Thing | None:
    if row.opens_on is None:
        return None
    return Thing(named(row, "の受付を始める"), word="準備中", due=row.opens_on, hint="開始日")


def _asking(row: Any, today: dt.date) -> Thing | None:
    if row.closes_on is None:
        return None
    if row.closes_on < today:
        way = named(row, "の受付を終了して、集計を確かめる")
        return Thing(way, "doing", "受付中", due=row.closes_on, hint="締切日を過ぎました")
    if row.silent and row.closes_on - today <= REMINDED:
        way = named(row, f"に回答のない{row.silent}件に、督促（再依頼）のメールを送る")
        return Thing(way, "doing", "受付中", due=row.closes_on, hint="締切日")
    return None


def _closed(row: Any, today: dt.date) -> Thing | None:
    """Tables are registered while there are answers; near the day on which they go it presses."""
    if not row.answers:
        return None
    way = named(row, "の集計を、結果として登録する")
    is_near = row.keep_until is not None and (row.keep_until - today).days <= WARNED_DAYS
    if is_near:
        return Thing(way, "check", "受付終了", due=row.keep_until, hint="過ぎると回答が消えます")
    return Thing(way, "doing", "受付終了", hint="登録すると、根拠や指標の値に使えます")


WAYS = {RoundState.DRAFT: _draft, RoundState.ASKING: _asking, RoundState.CLOSED: _closed}
