"""Who writes for municipalities today: whom mails of their prefecture go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.access import Permission, roles_with
from municipalities.choices import ScopeKind
from municipalities.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection

    from municipalities.models import User


def of(codes: Collection[str]) -> dict[str, list[User]]:
    """Return who writes for these municipalities today, by code."""
    held = Membership.objects.in_term().filter(
        scope_kind=ScopeKind.MUNICIPALITY,
        scope_code__in=codes,
        role__in=roles_with(Permission.EDIT_PLAN),
        user__is_active=True,
    )
    found: dict[str, dict[int, User]] = {}
    for one in held.select_related("user").order_by("pk"):
        found.setdefault(one.scope_code, {})[one.user_id] = one.user
    return {code: list(people.values()) for code, people in found.items()}
