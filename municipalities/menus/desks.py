"""Where a person works: one desk for each place that their memberships open, and what waits there in numbers.

Higher apps count: they register by the kind of desk in `AppConfig.ready()` (`reports/*/registry.py`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from municipalities.access import memberships_kept
from municipalities.choices import Role, ScopeKind
from municipalities.entrance import health_centres
from municipalities.models import Municipality, Prefecture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from municipalities.models import Membership, User

    # Person and codes of their places → what waits at each, in sentences such as 「お待ちの報告 3件」.
    Counter = Callable[[User, list[str]], dict[str, list[str]]]

MUNICIPAL_ROLES = frozenset({Role.VIEWER, Role.EDITOR, Role.APPROVER, Role.MANAGER})


class DeskKind(enum.StrEnum):
    MUNICIPALITY = "municipality"
    CONTRIBUTOR = "contributor"
    ADVISER = "adviser"
    PAST_ADVISER = "past_adviser"
    PREFECTURE = "prefecture"
    HEALTH_CENTRE = "health_centre"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk. `code` names its place; `is_one_of_all`: it is there because the person works nationwide."""

    kind: DeskKind
    label: str
    url: str
    note: str
    code: str = ""
    is_one_of_all: bool = False
    waits: tuple[str, ...] = ()


COUNTERS: dict[DeskKind, list[Counter]] = {}


def register(kind: DeskKind, counter: Counter) -> None:
    """Let a higher app say what waits at the desks of a kind."""
    counters = COUNTERS.setdefault(kind, [])
    if counter not in counters:
        counters.append(counter)


def of(user: User) -> list[Desk]:
    """Return the desks of a person, municipalities first, each once, without what waits there."""
    memberships = list(user.memberships.in_term())
    roles = {membership.role for membership in memberships}
    found = [*_municipal(memberships), *_contributing(memberships), *_advising(roles, user)]
    found += [*_prefectural(memberships), *_of_health_centres(memberships)]
    if Role.OPERATOR in roles:
        found.append(_operating())
    return [desk for desk in found if desk.url]


def counted(desks: Iterable[Desk], user: User) -> list[Desk]:
    """Return the desks with what waits at each, in the same few queries for any number of a kind."""
    found = list(desks)
    waits: dict[tuple[DeskKind, str], list[str]] = {}
    for kind in {desk.kind for desk in found}:
        codes = [desk.code for desk in found if desk.kind == kind]
        for counter in COUNTERS.get(kind, ()):
            for code, sentences in counter(user, codes).items():
                waits.setdefault((kind, code), []).extend(sentences)
    return [replace(desk, waits=tuple(waits.get((desk.kind, desk.code), ()))) for desk in found]


def way(name: str, *args: str) -> str:
    """Return the address of a page, or nothing where the site has none of this name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _places(memberships: Iterable[Membership], roles: frozenset[Role]) -> Iterator[Municipality]:
    """Yield the municipalities in which a person has one of these roles, each once, by code."""
    codes = {
        membership.scope_code
        for membership in memberships
        if membership.scope_kind == ScopeKind.MUNICIPALITY and membership.role in roles
    }
    places = Municipality.objects.without_wards().filter(code__in=codes)
    yield from places.select_related("prefecture")


def _municipal(memberships: list[Membership]) -> Iterator[Desk]:
    for place in _places(memberships, MUNICIPAL_ROLES):
        note = f"{place.prefecture}の市町村のページ"
        url = way("municipality", place.code)
        yield Desk(DeskKind.MUNICIPALITY, place.name, url, note, place.code)


def _contributing(memberships: list[Membership]) -> Iterator[Desk]:
    """The desks of contractors; their pages belong to the activities, far above."""
    for place in _places(memberships, frozenset({Role.CONTRIBUTOR})):
        label, note = f"{place.name}（委託先）", "頼まれている取組の実績を書きます"
        url = way("contributor_now", place.code)
        yield Desk(DeskKind.CONTRIBUTOR, label, url, note, place.code)


def _advising(roles: set[str], user: User) -> Iterator[Desk]:
    if Role.ADVISER in roles:
        note = "提出された報告書を読み、助言します"
        yield Desk(DeskKind.ADVISER, "アドバイザーの受信箱", way("review:inbox"), note)
    elif memberships_kept(user):
        note = "任期が終わった後の1年間、自分の助言と、助言した報告書を読み返します"
        yield Desk(DeskKind.PAST_ADVISER, "過去の助言", way("review:past"), note)


def _prefectural(memberships: list[Membership]) -> Iterator[Desk]:
    officer = [one for one in memberships if one.role == Role.OFFICER]
    is_nationwide = any(one.scope_kind == ScopeKind.NATION for one in officer)
    codes = {one.scope_code for one in officer if one.scope_kind == ScopeKind.PREFECTURE}
    places = Prefecture.objects.order_by("code")
    for place in places if is_nationwide else places.filter(code__in=codes):
        note = "管内の市町村の進み具合と、報告書の提出状況を見ます"
        url = way("prefecture:current", place.code)
        is_one_of_all = place.code not in codes
        yield Desk(DeskKind.PREFECTURE, place.name, url, note, place.code, is_one_of_all)


def _of_health_centres(memberships: list[Membership]) -> Iterator[Desk]:
    """The desks of colleagues of health centres; who has their whole prefecture needs none."""
    codes = {one.scope_code for one in memberships if one.scope_kind == ScopeKind.HEALTH_CENTRE}
    wide = {one.scope_code for one in memberships if one.scope_kind == ScopeKind.PREFECTURE}
    for code, (prefecture, centre) in health_centres.by_code(codes).items():
        if prefecture.code not in wide:
            note = f"{prefecture}のうち、担当する市町村の進み具合を見ます"
            url = way("prefecture:current", prefecture.code)
            yield Desk(DeskKind.HEALTH_CENTRE, centre.name, url, note, code)


def _operating() -> Desk:
    url = way("manage:home") or way("manage:work")
    return Desk(DeskKind.OPERATOR, "運営管理", url, "処理とメールの状態を確かめます")
