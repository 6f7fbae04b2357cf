"""提出 → 助言 → 受理: what happened to a report, with its dates and its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.models import Change
from reports.models import Decision

if TYPE_CHECKING:
    import datetime as dt

    from reports.models import ProgressReport

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


def of(report: ProgressReport) -> list[Event]:
    """Return the stations of a report in their order, in two queries."""
    changes = Change.objects.of(report).filter(deed__in=WORDS).select_related("actor")
    decisions = Decision.objects.filter(report=report).select_related("adviser", "snapshot")
    events = [*_moves(changes.order_by("pk")), *(_decided(one) for one in decisions)]
    return sorted(events, key=lambda one: one.at)


def _moves(changes):
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
