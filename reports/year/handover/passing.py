"""Passing a desk on: approvals that wait, the name of who does what, and the predecessor's last day, at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from councils.models import Homework
from municipalities.access import Permission, roles_granted_by, roles_with
from municipalities.choices import ScopeKind
from municipalities.kernel import changes
from municipalities.models import Membership
from municipalities.people import granting
from reports.choices import ApprovalState, ReportStatus
from reports.models import Approval, IndicatorHandover, SupportTask
from reports.submission.submitting import approving
from reports.year.handover.open_ends import OPEN_TASKS

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Cycle, Municipality, User

DEED = "hand_over"


@dataclass(frozen=True, slots=True)
class Passed:
    """How much went over: approvals, rows whose 担当 was written anew, memberships that got a last day."""

    approvals: int
    rows: int
    terms: int

    @property
    def sentence(self) -> str:
        told = (
            (self.approvals, f"承認待ち{self.approvals}件"),
            (self.rows, f"担当の欄{self.rows}件"),
            (self.terms, f"前任者の最後の日{self.terms}件"),
        )
        words = "、".join(text for number, text in told if number)
        return f"引き継ぎました（{words}）。" if words else "引き継いだことを記録しました。"


def pass_on(  # noqa: PLR0913 -- a hand-over has these parts
    cycle: Cycle,
    *,
    leaver: User,
    comer: User,
    keeper: tuple[str, str] = ("", ""),
    last_day: dt.date | None = None,
    by: User,
) -> Passed:
    """Hand everything open of one account to another. Raises ValidationError or StaleVersion, having written nothing."""
    with transaction.atomic():
        passed = Passed(
            approvals=_approvals(leaver, comer, by=by),
            rows=_rows(cycle, *keeper, by=by),
            terms=_terms(cycle.municipality, leaver, last_day, by=by),
        )
        told = {"desk": f"{leaver}→{comer}"}
        changes.record(cycle, by=by, deed=DEED, before={}, after=told)
    return passed


def _approvals(leaver: User, comer: User, *, by: User) -> int:
    rows = Approval.objects.filter(
        approver=leaver, state=ApprovalState.WAITING, report__status=ReportStatus.APPROVAL
    )
    places = list(rows.select_related("report__cycle__municipality__prefecture").order_by("pk"))
    for place in places:
        approving.pass_on(place, to=comer, by=by)
    return len(places)


def _rows(cycle: Cycle, old: str, new: str, *, by: User) -> int:
    if not old or old == new:
        return 0
    found: list[tuple[Any, str]] = [
        *((row, "who") for row in _open_tasks(cycle).filter(who=old)),
        *((row, "who") for row in _open_homework().filter(who=old)),
        *((row, "keeper") for row in IndicatorHandover.objects.filter(cycle=cycle, keeper=old)),
    ]
    for row, name in found:
        setattr(row, name, new)
        changes.save_versioned(row, by=by, expected_version=row.version, fields=(name,), deed=DEED)
    return len(found)


def _open_tasks(cycle: Cycle) -> Any:
    return SupportTask.objects.filter(cycle=cycle, state__in=OPEN_TASKS)


def _open_homework() -> Any:
    return Homework.objects.led().filter(is_done=False)


def keepers(cycle: Cycle) -> list[str]:
    """Return what stands as 担当 in open rows, each once, in order."""
    found = {
        *_open_tasks(cycle).values_list("who", flat=True),
        *_open_homework().values_list("who", flat=True),
        *IndicatorHandover.objects.filter(cycle=cycle).values_list("keeper", flat=True),
    }
    return sorted(found - {""})


def _terms(place: Municipality, leaver: User, last_day: dt.date | None, *, by: User) -> int:
    """Give the predecessor's memberships here their last day, as far as `by` may; one that ends earlier stays."""
    if last_day is None:
        return 0
    granted = roles_granted_by(by, ScopeKind.MUNICIPALITY, place.code)
    held = Membership.objects.in_term().of_scope(ScopeKind.MUNICIPALITY, place.code)
    rows = [
        row
        for row in held.filter(user=leaver, role__in=granted).order_by("pk")
        if row.valid_to is None or row.valid_to > last_day
    ]
    for row in rows:
        granting.change_term(
            row,
            seen=granting.seen_of(row),
            valid_from=row.valid_from,
            valid_to=last_day,
            by=by,
        )
    return len(rows)


def comers(place: Municipality) -> dict[str, User]:
    """Return the accounts that read the plan here today, by name: one of them takes over."""
    return _accounts(Membership.objects.in_term(), place)


def leavers(place: Municipality, *, by: User, may_end: bool) -> dict[str, User]:
    """Return whose desk this person may pass on: their own, one whose term is over, a manager everybody's."""
    today, now = timezone.localdate(), comers(place)
    if may_end:
        return _accounts(Membership.objects.filter(valid_from__lte=today), place)
    gone = _accounts(Membership.objects.filter(valid_to__lt=today), place)
    own = {key: user for key, user in now.items() if user.pk == by.pk}
    return own | {key: user for key, user in gone.items() if key not in now}


def _accounts(memberships: Any, place: Municipality) -> dict[str, User]:
    rows = memberships.of_scope(ScopeKind.MUNICIPALITY, place.code)
    rows = rows.filter(role__in=roles_with(Permission.VIEW_PLAN)).select_related("user")
    ordered = rows.order_by("user__display_name", "user_id")
    return {str(row.user_id): row.user for row in ordered}
