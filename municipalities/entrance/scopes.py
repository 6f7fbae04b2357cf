"""From the pieces of an address to the scope it names, and what this person may do there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404

from municipalities import access
from municipalities.access import Permission, Scope
from municipalities.choices import ScopeKind
from municipalities.entrance import health_centres
from municipalities.models import Cycle, Municipality, Prefecture
from municipalities.tenancy import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import Membership, User

NATION_CODE = "JP"


class YearThere(NamedTuple):
    """A year that may be opened instead, and where."""

    fiscal_year: int
    url: str


class NoSuchYearError(Http404):
    """A year that a municipality has not begun, or of which nothing is there.

    `years` are those of `place` that may be told, the newest first.
    """

    def __init__(self, fiscal_year: int, years: Iterable[YearThere], place: str) -> None:
        super().__init__()
        self.fiscal_year = fiscal_year
        self.years = tuple(years)
        self.place = place


def resolve(user: User, pieces: dict[str, Any], needed: Permission | None = None) -> Scope:
    """Return the scope that an address names. Raises Http404 when it is not the user's.

    `needed` is what its view declares: where that is READ_KEPT, an adviser whose term has ended
    comes in as well, with this permission alone.
    """
    if not user.is_authenticated:
        return access.NOWHERE
    kept = access.memberships_kept(user) if needed == Permission.READ_KEPT else []
    if "municipality" in pieces:
        return of_municipality(user, pieces["municipality"], pieces.get("fiscal_year"), kept)
    if "report_number" in pieces:
        number = pieces["report_number"]
        return of_municipality(user, number.municipality_code, number.fiscal_year, kept)
    if "prefecture" in pieces:
        scope = of_prefecture(user, pieces["prefecture"])
        refuse_other_towns(scope, pieces)
        return scope
    return of_nobody_in_particular(user, kept)


def of_municipality(
    user: User, code: str, fiscal_year: int | None, kept: Iterable[Membership] = ()
) -> Scope:
    """A municipality's own pages: strangers cannot tell 'forbidden' from 'absent'."""
    memberships = access.memberships_in(user, ScopeKind.MUNICIPALITY, code)
    permissions = access.permissions_of(memberships)
    if any(membership.scope_code == code for membership in kept):
        permissions |= {Permission.READ_KEPT}
    if not permissions:
        raise Http404
    municipality = get_object_or_404(
        Municipality.objects.without_wards().select_related("prefecture"), code=code
    )
    return Scope(
        kind=ScopeKind.MUNICIPALITY,
        municipality=municipality,
        prefecture=municipality.prefecture,
        cycle=None
        if fiscal_year is None
        else cycle_of(municipality, int(fiscal_year), may_view=Permission.VIEW_PLAN in permissions),
        permissions=permissions,
    )


def cycle_of(municipality: Municipality, fiscal_year: int, *, may_view: bool) -> Cycle:
    """Return the year. Raises NoSuchYearError, which tells the years there are to who may see them."""
    with within(municipality):
        cycle = Cycle.objects.filter(fiscal_year=fiscal_year).first()
        if cycle is None:
            years = Cycle.objects.order_by("-fiscal_year") if may_view else ()
            there = [
                YearThere(one.fiscal_year, one.board_url) for one in years_with(municipality, years)
            ]
            raise NoSuchYearError(fiscal_year, there, municipality.name)
    cycle.municipality = municipality
    return cycle


def years_with(municipality: Municipality, years: Iterable[Cycle]) -> Iterator[Cycle]:
    """Yield years that know their municipality, so that nothing asks for it outside the fence."""
    for year in years:
        year.municipality = municipality
        yield year


def of_prefecture(user: User, code: str) -> Scope:
    """A prefecture's pages, for its officers; nationwide officers see every one.

    Who comes by a health centre alone is shown its municipalities, and no other.
    """
    own = (ScopeKind.PREFECTURE, code)
    memberships = [
        membership
        for membership in user.memberships.in_term()
        if (membership.scope_kind, membership.scope_code) == own
        or (
            membership.scope_kind == ScopeKind.NATION
            and Permission.VIEW_PREFECTURE in access.permissions_of([membership])
        )
    ]
    prefecture = Prefecture.objects.filter(code=code).first()
    if prefecture is None:
        raise Http404
    if not memberships:
        return of_health_centres(user, prefecture)
    kinds = {membership.scope_kind for membership in memberships}
    return Scope(
        # Who comes by a nationwide role has the other prefectures as well.
        kind=ScopeKind.NATION if ScopeKind.NATION in kinds else ScopeKind.PREFECTURE,
        prefecture=prefecture,
        permissions=access.permissions_of(memberships),
    )


def of_health_centres(user: User, prefecture: Prefecture) -> Scope:
    """The same pages for a colleague of one of its health centres, or of several. Raises Http404."""
    memberships = [
        membership
        for membership in user.memberships.in_term()
        if membership.scope_kind == ScopeKind.HEALTH_CENTRE
    ]
    centres = health_centres.held(prefecture, {one.scope_code for one in memberships})
    if not centres:
        raise Http404
    known = {centre.code for centre in centres}
    return Scope(
        kind=ScopeKind.HEALTH_CENTRE,
        prefecture=prefecture,
        permissions=access.permissions_of(one for one in memberships if one.scope_code in known),
        towns=frozenset(code for centre in centres for code in centre.town_codes),
        centres=tuple(centres),
    )


def refuse_other_towns(scope: Scope, pieces: dict[str, Any]) -> None:
    """Raise Http404 for an address of a municipality that is not shown to this person."""
    number = pieces.get("number")
    code = pieces.get("town") or (number and number.municipality_code)
    if code and not scope.covers(code):
        raise Http404


def of_nobody_in_particular(user: User, kept: Iterable[Membership] = ()) -> Scope:
    """Pages without a place in their address: what the memberships allow together, anywhere."""
    memberships = list(user.memberships.in_term())
    kinds = {membership.scope_kind for membership in memberships}
    return Scope(
        kind=ScopeKind.NATION if ScopeKind.NATION in kinds else None,
        permissions=access.permissions_of(memberships)
        | ({Permission.READ_KEPT} if kept else frozenset()),
    )
