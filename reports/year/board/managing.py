"""次にやること of who manages the people of a municipality: terms that end, invitations not taken, roles nobody has."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from municipalities.choices import Role, ScopeKind
from municipalities.models import Invitation, Membership
from municipalities.people.addresses import Desk
from reports.choices import ReportStatus
from reports.submission.counting.phases import Way
from reports.year.board.next_things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import Cycle

# A term that ends so soon is talked of: who comes after has to be invited before.
SOON = dt.timedelta(days=60)
PAGE = "people:town"
WANTED = {
    Role.EDITOR: "計画や報告書を書く人",
    Role.APPROVER: "報告書を上長として確認する人",
}


def things(cycle: Cycle, reports: Iterable[Any]) -> dict[Thing, str]:
    """Return what a manager does next, each with its address, in two queries. `reports` bear `has_superiors`."""
    desk = Desk("town", (cycle.municipality.code,))
    today = timezone.localdate()
    rows = Membership.objects.in_term().of_scope(ScopeKind.MUNICIPALITY, cycle.municipality.code)
    members = list(rows.select_related("user").order_by("valid_to", "pk"))
    found = {**_terms(members, desk, today), **_invitations(cycle, desk)}
    found |= {thing: desk.url("invite") for thing in _vacant(members)}
    return found | dict(_waiting(reports))


def _terms(members: list[Membership], desk: Desk, today: dt.date) -> dict[Thing, str]:
    """Return the terms that end soon; what another membership goes on with is not told of."""
    staying = {(one.user_id, one.role) for one in members if not _ends_soon(one, today)}
    return {
        Thing(
            Way(f"{one.user}の任期の終わりを確かめる", PAGE),
            "check",
            "任期が終わります",
            due=one.valid_to,
            hint=f"{one.get_role_display()}。続けるときは延ばし、交代するときは後任者を招待します。",
        ): desk.url("term", one.pk)
        for one in members
        if _ends_soon(one, today) and (one.user_id, one.role) not in staying
    }


def _ends_soon(one: Membership, today: dt.date) -> bool:
    return one.valid_to is not None and one.valid_to <= today + SOON


def _invitations(cycle: Cycle, desk: Desk) -> dict[Thing, str]:
    """Return what was offered and not taken, in one line: an account is not named before it accepts."""
    code = cycle.municipality.code
    rows = Invitation.objects.filter(scope_kind=ScopeKind.MUNICIPALITY, scope_code=code)
    rows = rows.filter(accepted_at=None, withdrawn_at=None).filter(
        Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    )
    ends = list(rows.order_by("pk").values_list("token__expires_at", flat=True))
    if not ends:
        return {}
    late = sum(end is not None and end <= timezone.now() for end in ends)
    hint = (
        f"うち{late}件は期限切れです。招待を送り直せます。"
        if late
        else "期限までは、待っていて大丈夫です。"
    )
    way = Way(f"受け取られていない招待を確かめる（{len(ends)}件）", PAGE)
    return {
        Thing(
            way, "check" if late else "doing", "招待中", is_waited_for=bool(late), hint=hint
        ): desk.home
    }


def _vacant(members: list[Membership]) -> Iterator[Thing]:
    held = {one.role for one in members if one.user.is_active}
    for role, words in WANTED.items():
        if role not in held:
            way = Way(f"{words}を招待する", PAGE)
            yield Thing(way, word="未登録", hint=f"「{role.label}」の役割がある人がいません")


def _waiting(reports: Iterable[Any]) -> Iterator[tuple[Thing, str]]:
    """Yield the reports that wait for a superior: a manager reads them, and sees who is to be asked."""
    for report in reports:
        if report.status == ReportStatus.APPROVAL and report.has_superiors:
            way = Way(f"上長の確認を待っている{report.title}を見る", "reports:report")
            hint = "確認する人が異動したときは、後任者を招待し、引き継いでもらいます。"
            yield Thing(way, "doing", "確認待ち", hint=hint), report.get_absolute_url()
