"""Where a person works: one desk for each place that their memberships open."""

from dataclasses import dataclass

from django.urls import reverse

from municipalities.access import memberships_kept
from municipalities.choices import Role, ScopeKind
from municipalities.models import Municipality, Prefecture

MUNICIPAL_ROLES = frozenset({Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Desk:
    label: str
    url: str
    note: str


def of(user):
    """Return the desks of a person, municipalities first, each once."""
    memberships = list(user.memberships.in_term())
    roles = {membership.role for membership in memberships}
    found = list(_municipal(memberships))
    if Role.ADVISER in roles:
        note = "提出された報告書を読みます"
        found.append(Desk("アドバイザーの受信箱", reverse("review:inbox"), note))
    elif memberships_kept(user):
        note = "任期が終わった後の1年間、自分の助言と、助言した報告書を読み返します"
        found.append(Desk("過去の助言", reverse("review:past"), note))
    found += _prefectural(memberships)
    if Role.OPERATOR in roles:
        found.append(Desk("運営管理", reverse("manage:work"), "処理とメールの状態を確かめます"))
    return found


def _municipal(memberships):
    codes = {
        membership.scope_code
        for membership in memberships
        if membership.scope_kind == ScopeKind.MUNICIPALITY and membership.role in MUNICIPAL_ROLES
    }
    places = Municipality.objects.without_wards().filter(code__in=codes)
    for place in places.select_related("prefecture"):
        url = reverse("municipality", args=[place.code])
        yield Desk(place.name, url, f"{place.prefecture}の市町村のページ")


def _prefectural(memberships):
    codes = {
        membership.scope_code
        for membership in memberships
        if membership.role == Role.OFFICER and membership.scope_kind == ScopeKind.PREFECTURE
    }
    for place in Prefecture.objects.filter(code__in=codes):
        url = reverse("prefecture:current", args=[place.code])
        yield Desk(place.name, url, "管内の市町村の報告書の提出状況を見ます")
