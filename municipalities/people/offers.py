"""What is offered to a person or held by them: a role in a scope for a term. And the names of scopes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from municipalities import access
from municipalities.choices import Role, ScopeKind
from municipalities.entrance import health_centres
from municipalities.models import Municipality, Prefecture

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from municipalities.models import Invitation, Membership, User

NATION = "全国"


@dataclass(frozen=True, slots=True)
class Offer:
    """The columns that an invitation and a membership have in common."""

    role: str
    scope_kind: str
    scope_code: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    organization_key: str = ""

    @classmethod
    def of(cls, row: Invitation | Membership) -> Offer:
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})

    def columns(self) -> dict:
        return asdict(self)

    def told(self) -> dict[str, str]:
        """Return what the record of people keeps of it: fixed words, days, a key."""
        words = {
            "role": str(self.role),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else "",
        }
        return words | ({"organization": self.organization_key} if self.organization_key else {})

    def overlapping(self) -> Q:
        """Return the condition of memberships of the same role and scope that share a day with it."""
        same = Q(role=self.role, scope_kind=self.scope_kind, scope_code=self.scope_code)
        shares = Q(valid_to=None) | Q(valid_to__gte=self.valid_from)
        if self.valid_to:
            shares &= Q(valid_from__lte=self.valid_to)
        return same & shares


def refuse_unless_may(by: User, row: Offer | Invitation | Membership) -> None:
    """Raise PermissionDenied unless this person may give and take such a role there, at this moment."""
    if not access.may_grant(by, Role(row.role), row.scope_kind, row.scope_code):
        raise PermissionDenied


def names_of(rows: Iterable) -> dict[tuple[str, str], str]:
    """Return what people call the scopes of these rows, by (kind, code).

    Two queries; with health centres among them one more, and one for each of their prefectures.
    """
    pairs = {(row.scope_kind, row.scope_code) for row in rows}
    codes = {code for _, code in pairs}
    names = {(ScopeKind.NATION.value, code): NATION for kind, code in pairs if kind == "nation"}
    for prefecture in Prefecture.objects.filter(code__in=codes):
        names[ScopeKind.PREFECTURE.value, prefecture.code] = prefecture.name
    for place in Municipality.objects.filter(code__in=codes).select_related("prefecture"):
        names[ScopeKind.MUNICIPALITY.value, place.code] = f"{place.prefecture}{place}"
    centres = {code for kind, code in pairs if kind == ScopeKind.HEALTH_CENTRE}
    for code, (prefecture, centre) in health_centres.by_code(centres).items():
        names[ScopeKind.HEALTH_CENTRE.value, code] = f"{prefecture}　{centre}"
    return names


def name_of(row: Offer | Invitation | Membership) -> str:
    return names_of([row]).get((row.scope_kind, row.scope_code), row.scope_code)
