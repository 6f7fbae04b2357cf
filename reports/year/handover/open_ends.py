"""What a desk leaves open: from rows that were read, without a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import Truncator

from coordinators.choices import ContractState
from municipalities.japanese import dates, fiscal, fuzzy_dates
from reports.choices import AdviceResponse, ReportKind, ReportStatus, TaskState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from municipalities.japanese.fuzzy_dates import FuzzyDate
    from municipalities.models import Cycle

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


def reports(rows: Iterable[Any], due: Mapping[str, dt.date], cycle: Cycle) -> Group:
    """Return the reports that are not out or wait for words, and those that are due and not begun.

    The rows bear `unanswered`; `due` are the days by kind.
    """
    found = list(rows)
    begun = {row.kind for row in found}
    page = cycle.url("reports:report_list")
    return Group(
        "報告書",
        (
            *(_report(row, due) for row in found if row.unanswered or row.status in OPEN_REPORTS),
            *(
                Line(f"{kind.label}書", _until(due[kind]), "未着手", page)
                for kind in ReportKind
                if kind in due and kind not in begun
            ),
        ),
    )


def _report(row: Any, due: Mapping[str, dt.date]) -> Line:
    day = due.get(row.kind) if row.submitted_at is None else None
    told = (
        _until(day) if day else "",
        f"答えていないコメント：{row.unanswered}件" if row.unanswered else "",
    )
    words = "　".join(filter(None, told))
    return Line(row.title, words, row.get_status_display(), row.get_absolute_url())


def _until(day: dt.date) -> str:
    late = "（期限を過ぎています）" if day < timezone.localdate() else ""
    return f"提出期限：{dates.in_wareki(day)}{late}"


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
