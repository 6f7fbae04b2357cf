"""The prefectures that a person may enter, with how many of their municipalities have submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from municipalities.access import Permission, permissions_of
from municipalities.choices import MunicipalityKind, ScopeKind
from municipalities.entrance import health_centres
from municipalities.models import Prefecture
from reports.choices import ReportKind, ReportStatus
from reports.models import Progress
from reports.submission.advising.papers import paper_from

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import Municipality, User
    from reports.submission.advising.papers import Paper


@dataclass(frozen=True, slots=True)
class KindCounts:
    """In how many municipalities a kind of report has been submitted, and accepted."""

    submitted: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class PrefectureLine:
    prefecture: Prefecture
    towns: int
    interim: KindCounts
    final: KindCounts


def prefectures_of(user: User) -> list[Prefecture]:
    """Return the prefectures whose pages are open to this person today; nationwide roles have all."""
    memberships = [
        membership
        for membership in user.memberships.in_term()
        if Permission.VIEW_DISTRICT in permissions_of([membership])
    ]
    if any(membership.scope_kind == ScopeKind.NATION for membership in memberships):
        return list(Prefecture.objects.all())
    own = {one.scope_code for one in memberships if one.scope_kind == ScopeKind.PREFECTURE}
    centres = {one.scope_code for one in memberships if one.scope_kind == ScopeKind.HEALTH_CENTRE}
    own |= {prefecture.code for prefecture, _ in health_centres.by_code(centres).values()}
    return list(Prefecture.objects.filter(code__in=own))


def overview(prefectures: list[Prefecture], fiscal_year: int) -> list[PrefectureLine]:
    """Return a line for each prefecture, in two queries."""
    is_town = ~Q(municipalities__kind=MunicipalityKind.WARD)
    counted = Prefecture.objects.filter(pk__in=[one.pk for one in prefectures]).annotate(
        towns=Count("municipalities", filter=is_town)
    )
    counts = _counts(fiscal_year)
    none = KindCounts()
    return [
        PrefectureLine(
            one,
            one.towns,
            counts.get((one.pk, ReportKind.INTERIM), none),
            counts.get((one.pk, ReportKind.FINAL), none),
        )
        for one in counted.order_by("code")
    ]


def _counts(fiscal_year: int) -> dict[tuple[int, str], KindCounts]:
    submitted = Progress.objects.filter(fiscal_year=fiscal_year, submitted_on__isnull=False)
    is_accepted = Q(status=ReportStatus.ACCEPTED)
    rows = (
        submitted.order_by()
        .values_list("municipality__prefecture", "kind")
        .annotate(
            submitted=Count("municipality", distinct=True),
            accepted=Count("municipality", filter=is_accepted, distinct=True),
        )
    )
    return {(prefecture, kind): KindCounts(*counts) for prefecture, kind, *counts in rows}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for its acceptance."""

    place: Municipality
    fiscal_year: int
    paper: Paper


def not_accepted(prefecture_code: str = "") -> QuerySet[Progress]:
    """Return what was submitted and not accepted, the longest waiting first; of one prefecture if named."""
    rows = Progress.objects.filter(submitted_on__isnull=False, accepted_on=None).exclude(
        status=ReportStatus.ACCEPTED
    )
    if prefecture_code:
        rows = rows.filter(municipality__prefecture__code=prefecture_code)
    return rows.select_related("municipality__prefecture").order_by("submitted_on", "pk")


def as_waiting(row: Progress) -> Waiting:
    place = row.municipality
    return Waiting(place, row.fiscal_year, paper_from(row, place.code))


def prefectures_waiting() -> list[Prefecture]:
    """Return the prefectures in which a report waits."""
    waiting = not_accepted().order_by().values("municipality__prefecture")
    return list(Prefecture.objects.filter(pk__in=waiting))
