"""What waits for a superior over all their municipalities and years, and what they approved lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from municipalities.access import Permission, codes_with
from municipalities.models import Change, Municipality
from municipalities.tenancy import across
from reports.choices import ApprovalState, ReportStatus
from reports.models import Approval, ProgressReport
from reports.submission.submitting import approving

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import User

LATELY = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report whose turn is this superior's: who asked, and since when it waits for them."""

    report: ProgressReport
    asked_by: User | None
    since: dt.datetime

    @property
    def url(self) -> str:
        return self.report.cycle.url("reports:approval", self.report.pk)

    @property
    def days(self) -> int:
        """Days of waiting, in Japanese calendar days."""
        return (timezone.localdate() - timezone.localdate(self.since)).days


@dataclass(frozen=True, slots=True)
class Desk:
    """A superior's desk: the longest waiting first; what they approved, newest first."""

    waiting: list[Waiting]
    approved: list[Approval]


def places_of(user: User) -> list[Municipality]:
    """Return the municipalities whose reports this person may approve today."""
    codes = codes_with(user, Permission.APPROVE_REPORT)
    return list(Municipality.objects.filter(code__in=codes))


def desk_of(user: User) -> Desk:
    """Return the desk in the same few queries for any number of municipalities."""
    places = places_of(user)
    if not places:
        return Desk([], [])
    with across(places):
        approved = Approval.objects.filter(approver=user, state=ApprovalState.APPROVED)
        lately = approved.select_related("report__cycle__municipality").order_by(
            "-decided_at", "-pk"
        )
        return Desk(waiting=_waiting(user), approved=list(lately[:LATELY]))


def _waiting(user: User) -> list[Waiting]:
    reports = ProgressReport.objects.filter(status=ReportStatus.APPROVAL, approvals__approver=user)
    reports = reports.select_related("cycle__municipality").prefetch_related("approvals")
    mine = [report for report in reports if _is_turn_of(user, report)]
    asked = _asked(mine)
    found = [_entry(report, asked.get(report.pk)) for report in mine]
    return sorted(found, key=lambda one: (one.since, one.report.pk))


def _is_turn_of(user: User, report: ProgressReport) -> bool:
    place = approving.next_of(report.approvals.all())
    return place is not None and place.approver_id == user.pk


def _asked(reports: list[ProgressReport]) -> dict[int, Change]:
    """Return the newest Change by which each report was sent to its superiors."""
    keys = [report.pk for report in reports]
    asked = Change.objects.filter(
        model=ProgressReport._meta.label_lower, row__in=keys, deed=approving.ASKING
    )
    return {one.row: one for one in asked.select_related("actor").order_by("pk")}


def _entry(report: ProgressReport, asked: Change | None) -> Waiting:
    decided = [one.decided_at for one in report.approvals.all() if one.decided_at]
    since = max([asked.at if asked else report.updated_at, *decided])
    return Waiting(report, asked.actor if asked else None, since)
