"""The record of people: who invited, let in, changed or ended whom. Append-only, ids and fixed words."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Any

from municipalities.choices import Role
from municipalities.japanese import dates
from municipalities.models import AccessEvent

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import Invitation, Membership, User
    from municipalities.people.offers import Offer

SHOWN = 30


class Deed(enum.StrEnum):
    INVITE = "invite"
    RESEND = "resend"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    ASSIGN = "assign"
    TERM = "term"
    END = "end"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    STATISTIC = "statistic"


DEED_WORDS = {
    Deed.INVITE: "招待",
    Deed.RESEND: "招待の送り直し",
    Deed.WITHDRAW: "招待の取り消し",
    Deed.ACCEPT: "招待の承諾",
    Deed.ASSIGN: "割り当て",
    Deed.TERM: "任期の変更",
    Deed.END: "任期の終了",
    Deed.DEACTIVATE: "利用の停止",
    Deed.REACTIVATE: "利用の再開",
    Deed.STATISTIC: "統計の取り除き・公表の扱い",
}
# Whose account an address is shows only once its holder has accepted.
BEFORE_ACCEPTANCE = frozenset({Deed.INVITE, Deed.RESEND, Deed.WITHDRAW})


def note(
    deed: Deed,
    row: Invitation | Membership,
    *,
    by: User | None,
    before: Offer | None = None,
    after: Offer | None = None,
) -> None:
    """Write one event about an invitation or a membership into the caller's transaction."""
    AccessEvent.objects.create(
        deed=deed,
        actor=by,
        user_id=row.user_id,
        scope_kind=row.scope_kind,
        scope_code=row.scope_code,
        before=before.told() if before else {},
        after=after.told() if after else {},
    )


def shown(events: QuerySet) -> list[dict]:
    """Return the newest of these events as a page tells them."""
    return [
        {
            "at": event.at,
            "actor": event.actor,
            "user": event.user.email if event.deed in BEFORE_ACCEPTANCE else event.user,
            "deed": DEED_WORDS.get(event.deed, event.deed),
            "before": in_words(event.before),
            "after": in_words(event.after),
        }
        for event in events.select_related("actor", "user")[:SHOWN]
    ]


def in_words(told: dict[str, Any]) -> str:
    """Return 「担当者　2026年4月1日（水）から2027年3月31日（水）まで」 for one side of an event."""
    if "is_active" in told:
        return "有効" if told["is_active"] else "停止"
    if "public_source" in told:
        return publicity(told.get("statistic", ""), told["public_source"])
    if "statistic" in told:
        return f"{told['statistic']}（値{told['values']:,}件）"
    if "role" not in told:
        return ""
    role = Role(told["role"]).label if told["role"] in Role else told["role"]
    return f"{role}　{term(_day(told.get('valid_from')), _day(told.get('valid_to')))}"


def publicity(statistic: str, where: str) -> str:
    """Return where a statistic was said to be public, or that it was not; after its name on the side that tells it."""
    said = f"公表されている場所：{where}" if where else "公表されていない表"
    return f"{statistic}（{said}）" if statistic else said


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def term(valid_from: dt.date | None, valid_to: dt.date | None) -> str:
    """Return a term in words, both ends included."""
    begins = f"{dates.in_western(valid_from)}から" if valid_from else ""
    return begins + (f"{dates.in_western(valid_to)}まで" if valid_to else "（期限なし）")
