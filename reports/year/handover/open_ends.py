"""What a desk leaves open, and which rows have nobody: from rows that were read, without a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import Truncator

from coordinators.choices import ContractState
from municipalities import fiscal, fuzzy_dates
from reports.choices import AdviceResponse, ReportStatus, TaskState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from municipalities.fuzzy_dates import FuzzyDate
    from municipalities.models import Cycle
    from reports.year.handover.people import Accounts

SIGNS = 120
OPEN_TASKS = frozenset({TaskState.AHEAD, TaskState.DOING})
OPEN_ADVICE = frozenset({AdviceResponse.NONE, AdviceResponse.CONSIDERING})
OPEN_REPORTS = frozenset({ReportStatus.DRAFT, ReportStatus.APPROVAL, ReportStatus.REVISIT})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what, what is known of it (who, until when), its state, and where it is gone on with."""

    text: str
    about: str = ""
    state: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    lines: tuple[Line, ...]


def short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SIGNS)


def _words(*pairs: tuple[str, str]) -> str:
    return "　".join(f"{name}：{text}" for name, text in pairs if text)


def tasks(rows: Iterable[Any], cycle: Cycle) -> Group:
    page = cycle.url("reports:support")
    return Group(
        "実施計画で終わっていないこと",
        tuple(
            Line(
                short(row.text),
                _words(("担当", row.who or "未定"), ("期限", row.due)),
                row.get_state_display(),
                f"{page}#task-{row.key}",
            )
            for row in rows
            if row.state in OPEN_TASKS
        ),
    )


def advice(rows: Iterable[Any], cycle: Cycle) -> Group:
    page = cycle.url("reports:support")
    return Group(
        "対応が決まっていないアドバイス",
        tuple(
            Line(
                short(row.text),
                str(row.step),
                row.get_response_display(),
                f"{page}#advice-{row.key}",
            )
            for row in rows
            if row.response in OPEN_ADVICE
        ),
    )


def homework(rows: Iterable[Any], cycle: Cycle) -> Group:
    """Return what meetings gave to take home, of ours alone: only who leads one goes on with it."""
    return Group(
        "会議の持ち帰り",
        tuple(
            Line(
                short(row.text),
                _words(("会議", row.meeting.label), ("担当", row.who or "未定"), ("期限", row.due)),
                "未完了",
                cycle.url("meetings:meeting", row.meeting.key)
                if row.meeting.fiscal_year == cycle.fiscal_year
                else "",
            )
            for row in rows
            if not row.is_done
        ),
    )


def reports(rows: Iterable[Any]) -> Group:
    """Return the reports that are not out or wait for words; they bear `unanswered`."""
    return Group(
        "報告書",
        tuple(
            Line(
                row.title,
                f"答えていないコメント：{row.unanswered}件" if row.unanswered else "",
                row.get_status_display(),
                row.get_absolute_url(),
            )
            for row in rows
            if row.unanswered or row.status in OPEN_REPORTS
        ),
    )


def contracts(rows: Iterable[Any], cycle: Cycle) -> tuple[Line, ...]:
    """Return the running contracts, what ends first at the top, each with what its end asks for."""
    found = [
        (row, fuzzy_dates.read_or_none(row.ends))
        for row in rows
        if row.state == ContractState.RUNNING
    ]
    found.sort(key=lambda pair: (pair[1] is None, pair[1].order if pair[1] else (), pair[0].pk))
    return tuple(
        Line(
            row.title,
            _words(
                ("委託先", row.name), ("契約の終わり", row.ends), ("報告", short(row.reporting))
            ),
            _ends_in_words(time, cycle.fiscal_year),
            cycle.url("contracts:contract", row.key),
        )
        for row, time in found
    )


def _ends_in_words(time: FuzzyDate | None, fiscal_year: int) -> str:
    if time is None:
        return "終わりの時期が未記入"
    last = time.latest
    if last < fiscal.first_day(fiscal_year):
        return "終わりの時期を過ぎています"
    return "今年度で終わります" if last <= fiscal.last_day(fiscal_year) else ""


@dataclass(frozen=True, slots=True)
class Ownerless:
    """So many open rows of one kind that nobody does any more, or yet, and where they are written."""

    label: str
    number: int
    url: str


def departed(
    cycle: Cycle,
    accounts: Accounts,
    *,
    tasks: Iterable[Any],
    homework: Iterable[Any],
    indicators: Iterable[Any],
) -> tuple[Ownerless, ...]:
    """Return the kinds of open rows whose 担当 is an account that may enter no longer."""
    owners = (
        [row.who for row in tasks if row.state in OPEN_TASKS],
        [row.who for row in homework if not row.is_done],
        [row.keeper for row in indicators],
    )
    left = [sum(accounts.has_left(one) for one in rows if one) for rows in owners]
    return _places(cycle, *left)


def _places(
    cycle: Cycle, tasks: int, homework: int, indicators: int, activities: int = 0
) -> tuple[Ownerless, ...]:
    counted = (
        ("取組", activities, cycle.url("logicmodels:activity_list")),
        ("実施計画", tasks, f"{cycle.url('reports:support')}#tasks"),
        ("会議の持ち帰り", homework, cycle.url("meetings:meeting_list")),
        ("指標", indicators, f"{cycle.url('reports:handover')}#indicators"),
    )
    return tuple(Ownerless(*one) for one in counted if one[1])


def ownerless(
    cycle: Cycle,
    *,
    tasks: Iterable[Any],
    homework: Iterable[Any],
    indicators: Iterable[Any],
    activities: int,
) -> tuple[Ownerless, ...]:
    """Return the kinds of rows that have nobody; `activities` are counted where they lie."""
    return _places(
        cycle,
        sum(not row.who for row in tasks if row.state in OPEN_TASKS),
        sum(not row.who for row in homework if not row.is_done),
        sum(not row.keeper for row in indicators),
        activities,
    )
