"""提出 → 助言 → 受理: what happened to a report, with its dates and its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.models import Change
from reports.choices import ReportStatus
from reports.submission.advising import deciding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from reports.models import Decision, ProgressReport
    from reports.submission.advising.deciding import AdviserStanding

WORDS = {
    "submit": "提出",
    "reopen": "出し直しの開始",
    "reopen_undo": "出し直しの取りやめ",
    "accept": "受理",
    "accept_undo": "受理の取消し",
}
# An acceptance that nobody pressed for.
BY_RULE = "自動"


@dataclass(frozen=True, slots=True)
class Event:
    """One station of the course."""

    at: dt.datetime
    word: str
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The stations in their order, and the advisers who want to see the report again."""

    events: list[Event]
    wishes: list[AdviserStanding]


def of(report: ProgressReport) -> Course:
    """Return the course of a report in a fixed number of queries: two, and two more where it is wanted again."""
    changes = Change.objects.of(report).filter(deed__in=WORDS).select_related("actor")
    decisions = deciding.decisions_of(report)
    events = [*_moves(changes.order_by("pk")), *(_decided(one) for one in decisions)]
    is_wanted = report.status == ReportStatus.REVISIT
    return Course(
        events=sorted(events, key=lambda one: one.at),
        wishes=deciding.wishes(report, decisions) if is_wanted else [],
    )


def _moves(changes: Iterable[Change]) -> Iterator[Event]:
    version = 0
    for change in changes:
        version += change.deed == "submit"
        who = BY_RULE if change.after.get("way") else str(change.actor)
        note = f"第{version}版" if change.deed == "submit" and version > 1 else ""
        yield Event(change.at, WORDS[change.deed], who, note)


def _decided(decision: Decision) -> Event:
    version = decision.snapshot.version
    note = f"第{version}版について" if version > 1 else ""
    return Event(decision.decided_at, str(decision.get_kind_display()), str(decision.adviser), note)
