"""Accounts as the operator finds them: by name, login or address, in whatever variant it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from municipalities.models import Membership, User
from municipalities.people import inviting
from municipalities.people.folding import matches
from municipalities.people.offers import names_of

if TYPE_CHECKING:
    from django.core.paginator import Page

STATES = {
    "active": "有効",
    "invited": "招待中",
    "homeless": "いま役割のない利用者",
    "stopped": "停止",
}


@dataclass(frozen=True, slots=True)
class Account:
    user: User
    roles: tuple[str, ...]
    is_invited: bool

    @property
    def state(self) -> str:
        if not self.user.is_active:
            return "停止"
        if self.roles:
            return "有効"
        return "招待中" if self.is_invited else "役割なし"


def found(sought: str, *, state: str = "") -> list[int]:
    """Return the keys of the accounts that match, by login.

    Compared in Python: no database folds 髙 and 高, and the accounts of the whole country are few thousand.
    """
    in_term = Membership.objects.in_term().filter(user=OuterRef("pk"))
    invited = inviting.waiting().filter(user=OuterRef("pk"))
    rows = User.objects.order_by("username", "pk")
    conditions = {
        "active": {"is_active": True},
        "stopped": {"is_active": False},
    }
    rows = rows.filter(**conditions.get(state, {}))
    if state == "invited":
        rows = rows.filter(Exists(invited))
    elif state == "homeless":
        rows = rows.filter(~Exists(in_term))
    named = rows.values_list("pk", "display_name", "username", "email")
    return [pk for pk, *texts in named if matches(sought, *texts)]


def of(page: Page) -> list[Account]:
    """Return the accounts of a page of keys with their roles of today, in a fixed number of queries."""
    keys = list(page)
    users = User.objects.in_bulk(keys)
    held = list(Membership.objects.in_term().filter(user__in=keys).order_by("scope_code", "pk"))
    names = names_of(held)
    invited = set(inviting.waiting().filter(user__in=keys).values_list("user_id", flat=True))
    roles: dict[int, list[str]] = {}
    for row in held:
        place = names.get((row.scope_kind, row.scope_code), row.scope_code)
        roles.setdefault(row.user_id, []).append(f"{place}　{row.get_role_display()}")
    return [
        Account(users[key], tuple(roles.get(key, ())), key in invited)
        for key in keys
        if key in users
    ]
