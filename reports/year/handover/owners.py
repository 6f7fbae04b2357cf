"""Which open rows have nobody, or somebody who may enter no longer: each is named, and led to. Without a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reports.year.handover.open_ends import OPEN_TASKS, Line, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from municipalities.models import Cycle
    from reports.year.handover.people import Accounts


@dataclass(frozen=True, slots=True)
class Ownerless:
    """The open rows of one kind that nobody does any more, or yet, and where all of the kind are written."""

    label: str
    lines: tuple[Line, ...]
    url: str

    @property
    def number(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Owned:
    """Rows that carry an owner: activities that go on, open tasks, what was taken home, indicators."""

    activities: Iterable[Any]
    tasks: Iterable[Any]
    homework: Iterable[Any]
    indicators: Iterable[Any]


def ownerless(cycle: Cycle, owned: Owned) -> tuple[Ownerless, ...]:
    """Return the kinds of rows that have nobody."""
    return _kinds(cycle, owned, lambda owner: not owner)


def departed(cycle: Cycle, accounts: Accounts, owned: Owned) -> tuple[Ownerless, ...]:
    """Return the kinds of open rows whose 担当 is an account that may enter no longer."""
    return _kinds(cycle, owned, lambda owner: bool(owner) and accounts.has_left(owner))


def _kinds(cycle: Cycle, owned: Owned, wanted: Callable[[str], bool]) -> tuple[Ownerless, ...]:
    support, handover = cycle.url("reports:support"), cycle.url("reports:handover")
    kinds = (
        ("取組", _activities(cycle, owned), cycle.url("logicmodels:activity_list")),
        ("実施計画", _tasks(owned, support), f"{support}#tasks"),
        ("会議の持ち帰り", _homework(cycle, owned), cycle.url("meetings:meeting_list")),
        ("指標", _indicators(owned, handover), f"{handover}#indicators"),
    )
    found = (
        Ownerless(label, tuple(line for owner, line in rows if wanted(owner)), url)
        for label, rows, url in kinds
    )
    return tuple(one for one in found if one.lines)


def _activities(cycle: Cycle, owned: Owned) -> Iterator[tuple[str, Line]]:
    """Who carries out an activity is a body of the register: it is nobody's account."""
    for row in owned.activities:
        yield "", Line(short(row.name), url=cycle.url("logicmodels:activity", row.key))


def _tasks(owned: Owned, page: str) -> Iterator[tuple[str, Line]]:
    for row in owned.tasks:
        if row.state in OPEN_TASKS:
            yield row.who, Line(short(row.text), url=f"{page}#task-{row.key}")


def _homework(cycle: Cycle, owned: Owned) -> Iterator[tuple[str, Line]]:
    for row in owned.homework:
        if not row.is_done:
            is_of_year = row.meeting.fiscal_year == cycle.fiscal_year
            url = cycle.url("meetings:meeting", row.meeting.key) if is_of_year else ""
            yield row.who, Line(short(row.text), url=url)


def _indicators(owned: Owned, page: str) -> Iterator[tuple[str, Line]]:
    for row in owned.indicators:
        yield row.keeper, Line(row.name, url=f"{page}#indicator-{row.key}")
