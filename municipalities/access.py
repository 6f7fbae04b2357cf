"""Who may do what: roles and permissions as data. The only module that decides it.

`docs/roles.md` is printed from ROLE_PERMISSIONS. Memberships add up, count only within their term
(in Japanese time) and are looked up for every request: nothing of it is kept in the session.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from municipalities.choices import Role, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from municipalities.models import Cycle, HealthCentre, Membership, Municipality, Prefecture


class Permission(enum.StrEnum):
    VIEW_PLAN = "view_plan"
    EDIT_PLAN = "edit_plan"
    SUBMIT_REPORT = "submit_report"
    APPROVE_REPORT = "approve_report"
    MANAGE_PEOPLE = "manage_people"
    CONTRIBUTE = "contribute"
    ADVISE = "advise"
    READ_SUBMITTED = "read_submitted"
    READ_KEPT = "read_kept"
    VIEW_PREFECTURE = "view_prefecture"
    VIEW_DISTRICT = "view_district"
    RECORD_SUPPORT = "record_support"
    MANAGE_PREFECTURE = "manage_prefecture"
    OPERATE = "operate"


PERMISSION_LABELS = {
    Permission.VIEW_PLAN: "計画・実績を見る",
    Permission.EDIT_PLAN: "計画・実績を書く",
    Permission.SUBMIT_REPORT: "報告書を作成・提出する",
    Permission.APPROVE_REPORT: "報告書を上長として確認する",
    Permission.MANAGE_PEOPLE: "利用者を招待・管理する",
    Permission.CONTRIBUTE: "委託先として実績を書く",
    Permission.ADVISE: "アドバイスを確認・記入する",
    Permission.READ_SUBMITTED: "提出された報告書を読む",
    Permission.READ_KEPT: "自分の助言と、助言した報告書を読み返す",
    Permission.VIEW_PREFECTURE: "都道府県全体の内容を見る",
    Permission.VIEW_DISTRICT: "管内（保健所は担当する市町村）の進み具合と数字を見る",
    Permission.RECORD_SUPPORT: "市町村への支援を記録する（保健所は担当する市町村）",
    Permission.MANAGE_PREFECTURE: "受理・期限・アドバイザーの割り当てを扱う",
    Permission.OPERATE: "システムを運営する",
}
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.VIEW_PLAN}),
    Role.EDITOR: frozenset({Permission.VIEW_PLAN, Permission.EDIT_PLAN, Permission.SUBMIT_REPORT}),
    Role.APPROVER: frozenset({Permission.VIEW_PLAN, Permission.APPROVE_REPORT}),
    Role.MANAGER: frozenset({Permission.VIEW_PLAN, Permission.MANAGE_PEOPLE}),
    Role.CONTRIBUTOR: frozenset({Permission.CONTRIBUTE}),
    Role.ADVISER: frozenset({Permission.READ_SUBMITTED, Permission.ADVISE, Permission.READ_KEPT}),
    Role.OFFICER: frozenset(
        {
            Permission.VIEW_PREFECTURE,
            Permission.VIEW_DISTRICT,
            Permission.RECORD_SUPPORT,
            Permission.MANAGE_PREFECTURE,
        }
    ),
    Role.OPERATOR: frozenset({Permission.OPERATE}),
}
# A role acts in scopes of these kinds only: an officer never enters a municipality's own pages.
ROLE_SCOPES: dict[Role, frozenset[ScopeKind]] = {
    **{
        role: frozenset({ScopeKind.MUNICIPALITY})
        for role in (
            Role.VIEWER,
            Role.EDITOR,
            Role.APPROVER,
            Role.MANAGER,
            Role.CONTRIBUTOR,
            Role.ADVISER,
        )
    },
    Role.OFFICER: frozenset({ScopeKind.PREFECTURE, ScopeKind.HEALTH_CENTRE, ScopeKind.NATION}),
    Role.OPERATOR: frozenset({ScopeKind.NATION}),
}
# What a role keeps in a scope of this kind: a page opens to a health centre by declaring VIEW_DISTRICT
# and showing its own towns alone, or RECORD_SUPPORT and writing of them alone; every other page of the
# prefecture stays closed to it.
KEPT_IN: dict[ScopeKind, frozenset[Permission]] = {
    ScopeKind.HEALTH_CENTRE: frozenset({Permission.VIEW_DISTRICT, Permission.RECORD_SUPPORT}),
}
# Who may offer which roles, withdraw them and end them; within what `reaches` says.
INVITES: dict[Role, frozenset[Role]] = {
    Role.MANAGER: frozenset(
        {Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.MANAGER, Role.CONTRIBUTOR}
    ),
    Role.OFFICER: frozenset({Role.ADVISER, Role.OFFICER}),
    Role.OPERATOR: frozenset(Role),
}
# An adviser whose term has ended reads for so long what they had advised on.
KEPT_FOR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Declared:
    """What a view asks for. `permission` None with `public` False means: signed in is enough."""

    permission: Permission | None = None
    public: bool = False


def requires(permission: Permission) -> Callable:
    """Declare the permission a view needs; ScopeMiddleware enforces it."""
    return _declare(Declared(permission=permission))


def public(view: Callable) -> Callable:
    """Declare that anybody may see this, signed in or not."""
    return _declare(Declared(public=True))(view)


def signed_in(view: Callable) -> Callable:
    """Declare that every signed-in person may see this: their own account, home."""
    return _declare(Declared())(view)


def _declare(declared: Declared) -> Callable:
    def mark(view: Any) -> Any:
        view.declared_access = declared
        return view

    return mark


# Libraries that guard their own views; each is closed by its own settings.
GUARDED_BY_THEMSELVES = ("allauth.", "ninja.")
STATIC_VIEWS = ("django.contrib.staticfiles.", "django.views.static")


def declared_by(view: Any) -> Declared | None:
    """Return what a view declares, or None: then it is refused."""
    if declared := getattr(view, "declared_access", None):
        return declared
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    if module.startswith((*GUARDED_BY_THEMSELVES, *STATIC_VIEWS)):
        return Declared(public=True)
    return None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a request acts and what it may do there."""

    kind: ScopeKind | None = None
    municipality: Municipality | None = None
    prefecture: Prefecture | None = None
    cycle: Cycle | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    # Of a health centre: the codes of its municipalities; None where nothing is left out.
    towns: frozenset[str] | None = None
    # Through which health centres somebody comes here; none for an officer of the whole prefecture.
    centres: tuple[HealthCentre, ...] = ()

    def may(self, permission: Permission | str) -> bool:
        return permission in self.permissions

    def municipalities(self) -> QuerySet[Municipality]:
        """Return the municipalities that are shown here; asked only within a prefecture."""
        towns: Any = self.prefecture.municipalities.without_wards()  # type: ignore[union-attr, misc]
        return towns if self.towns is None else towns.filter(code__in=self.towns)

    def covers(self, code: str) -> bool:
        """Say whether the municipality of this code is among those that are shown here."""
        return self.towns is None or code in self.towns


NOWHERE = Scope()


def permissions_of(memberships: Iterable[Membership]) -> frozenset[Permission]:
    """Return what these memberships allow together."""
    return frozenset().union(*map(_held_by, memberships))


def _held_by(membership: Membership) -> frozenset[Permission]:
    held = ROLE_PERMISSIONS[Role(membership.role)]
    kept = KEPT_IN.get(membership.scope_kind)  # type: ignore[call-overload]
    return held if kept is None else held & kept


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold this permission."""
    return [role for role, held in ROLE_PERMISSIONS.items() if permission in held]


def codes_with(user: Any, permission: Permission) -> set[str]:
    """Return the codes of the municipalities in which a person may do this today."""
    return {
        membership.scope_code
        for membership in user.memberships.in_term()
        if membership.scope_kind == ScopeKind.MUNICIPALITY
        and permission in permissions_of([membership])
    }


def memberships_in(user: Any, kind: ScopeKind, code: str) -> list[Membership]:
    """Return the user's memberships of exactly this scope that are within their term today."""
    return [
        membership
        for membership in user.memberships.in_term()
        if membership.scope_kind == kind and membership.scope_code == code
    ]


def may_in(user: Any, permission: Permission, municipality: Municipality) -> bool:
    """Say whether a person may do this in a municipality now: asked again by every job."""
    if not user.is_active:
        return False
    found = memberships_in(user, ScopeKind.MUNICIPALITY, municipality.code)
    return permission in permissions_of(found)


def may_in_prefecture(user: Any, permission: Permission, prefecture: Prefecture) -> bool:
    """Say whether a person may do this in a prefecture now; nationwide roles act in every one."""
    if not user.is_active:
        return False
    found = [
        membership
        for membership in user.memberships.in_term()
        if membership.scope_kind == ScopeKind.NATION
        or (membership.scope_kind, membership.scope_code) == (ScopeKind.PREFECTURE, prefecture.code)
    ]
    return permission in permissions_of(found)


def memberships_kept(user: Any) -> list[Membership]:
    """Return the ended memberships that still open READ_KEPT: nothing else, and for a year."""
    return [
        membership
        for membership in user.memberships.ended_within(KEPT_FOR)
        if Permission.READ_KEPT in permissions_of([membership])
    ]


INSIDE_PREFECTURES = frozenset({ScopeKind.MUNICIPALITY, ScopeKind.HEALTH_CENTRE})


def reaches(membership: Membership, kind: ScopeKind | str, code: str) -> bool:
    """Say whether a scope is the membership's own, or a municipality or health centre of its prefecture."""
    own = (membership.scope_kind, membership.scope_code)
    if membership.scope_kind == ScopeKind.NATION or own == (kind, code):
        return True
    # The first two digits of a municipality's code, or a health centre's, are those of its prefecture.
    is_inside = kind in INSIDE_PREFECTURES and code.startswith(membership.scope_code)
    return is_inside and membership.scope_kind == ScopeKind.PREFECTURE


def roles_granted_by(user: Any, kind: ScopeKind | str, code: str) -> frozenset[Role]:
    """Return the roles that this person may give and take in a scope now."""
    held = user.memberships.in_term() if user.is_active else ()
    return roles_granted_with(held, kind, code)


def roles_granted_with(
    held: Iterable[Membership], kind: ScopeKind | str, code: str
) -> frozenset[Role]:
    """Return the roles that whoever holds these memberships may give and take in a scope."""
    # A colleague of a health centre lets nobody in.
    reaching = [one for one in held if one.scope_kind not in KEPT_IN and reaches(one, kind, code)]
    offered = frozenset().union(*(INVITES.get(Role(one.role), frozenset()) for one in reaching))
    return frozenset(role for role in offered if ScopeKind(kind) in ROLE_SCOPES[role])


def may_grant(user: Any, role: Role | str, kind: ScopeKind | str, code: str) -> bool:
    """Say whether a person may give or take this role there now: asked again when it is accepted."""
    return role in roles_granted_by(user, kind, code)
