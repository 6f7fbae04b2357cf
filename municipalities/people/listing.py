"""What the pages of people show: who has which role until when, who is invited, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from municipalities.access import roles_granted_with
from municipalities.models import Invitation, Membership
from municipalities.people import granting, inviting, recording
from municipalities.people.offers import names_of
from municipalities.templatetags.era import moment

if TYPE_CHECKING:
    import datetime as dt

    from django.core.paginator import Page
    from django.db.models import Q

    from municipalities.models import User
    from municipalities.people.addresses import Desk

ROWS_PER_PAGE = 50
ACTIVE, ENDED, COMING, STOPPED = "有効", "終了", "開始前", "停止"
LOOKS = {ACTIVE: "success", ENDED: "todo", COMING: "doing", STOPPED: "warning"}


@dataclass(frozen=True, slots=True)
class Line:
    """One membership as a list shows it. `may_change` is false for one's own and for others' business."""

    row: Membership
    place: str
    organization: str
    state: str
    accepted_at: dt.datetime | None
    may_change: bool
    desk: Desk

    @property
    def term_url(self) -> str:
        return self.desk.url("term", self.row.pk)

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    @property
    def term(self) -> str:
        return recording.term(self.row.valid_from, self.row.valid_to)

    @property
    def seen(self) -> str:
        return granting.seen_of(self.row)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One invitation that waits for its holder. Whose account it is shows only once it is accepted:
    an inviter does not learn from it who has an account already."""

    row: Invitation
    place: str
    organization: str
    may_change: bool
    desk: Desk

    @property
    def resend_url(self) -> str:
        return self.desk.url("resend", self.row.pk)

    @property
    def withdraw_url(self) -> str:
        return self.desk.url("withdraw", self.row.pk)

    @property
    def is_late(self) -> bool:
        ends = self.row.token.expires_at
        return ends is not None and ends <= timezone.now()

    @property
    def state(self) -> str:
        until = moment(self.row.token.expires_at)
        return f"期限切れ（{until}まで）" if self.is_late else f"招待中（{until}まで）"

    @property
    def term(self) -> str:
        return recording.term(self.row.valid_from, self.row.valid_to)


def lines(
    page: Page, *, viewer: User, desk: Desk, organizations: dict[str, str] | None = None
) -> list[Line]:
    """Return the memberships of a page in a fixed number of queries."""
    rows, bodies = list(page), organizations or {}
    names, accepted, may = names_of(rows), _accepted(rows), _Rights(viewer)
    return [
        Line(
            row=row,
            place=names.get((row.scope_kind, row.scope_code), row.scope_code),
            organization=bodies.get(row.organization_key, row.organization_key),
            state=state_of(row),
            accepted_at=accepted.get((row.user_id, row.role, row.scope_code)),
            may_change=may.change(row),
            desk=desk,
        )
        for row in rows
    ]


def waiting(
    found: Q, *, viewer: User, desk: Desk, organizations: dict[str, str] | None = None
) -> list[Waiting]:
    """Return the open invitations of a condition, newest first."""
    query = inviting.waiting().filter(found).select_related("user", "token", "invited_by")
    rows, bodies, may = list(query), organizations or {}, _Rights(viewer)
    names = names_of(rows)
    return [
        Waiting(
            row=row,
            place=names.get((row.scope_kind, row.scope_code), row.scope_code),
            organization=bodies.get(row.organization_key, row.organization_key),
            may_change=may.give(row),
            desk=desk,
        )
        for row in rows
    ]


def state_of(row: Membership) -> str:
    today = timezone.localdate()
    if not row.user.is_active:
        return STOPPED
    if row.valid_to and row.valid_to < today:
        return ENDED
    return COMING if row.valid_from > today else ACTIVE


class _Rights:
    """What the viewer may do with rows, from memberships read once."""

    def __init__(self, viewer: User) -> None:
        self.viewer = viewer
        self.held = list(viewer.memberships.in_term())

    def give(self, row: Membership | Invitation) -> bool:
        return row.role in roles_granted_with(self.held, row.scope_kind, row.scope_code)

    def change(self, row: Membership) -> bool:
        return row.user_id != self.viewer.pk and self.give(row)


def _accepted(rows: list[Membership]) -> dict[tuple[int, str, str], dt.datetime]:
    """Return when each of these roles was accepted last, by (account, role, scope)."""
    found = Invitation.objects.filter(
        user__in={row.user_id for row in rows}, accepted_at__isnull=False
    )
    groups = found.order_by().values_list("user_id", "role", "scope_code")
    return {
        (user, role, code): at
        for user, role, code, at in groups.annotate(latest=Max("accepted_at"))
    }
