"""What an adviser keeps, also for a year after the term: own words, and the versions submitted up to its last day.

Nothing live is read here: frozen documents, the own comments with their threads, the own decisions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from municipalities import access
from municipalities.access import Permission, permissions_of
from municipalities.models import Municipality
from municipalities.tenancy import across
from reports.models import (
    Comment,
    CommentReply,
    Decision,
    Delivery,
    ProgressReport,
    ReviewLook,
    Snapshot,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import User


@dataclass(frozen=True, slots=True)
class Kept:
    """A report with what this adviser said about it."""

    report: ProgressReport
    last_day: dt.date | None
    comments: int
    decision: Decision | None


def last_days(user: User) -> dict[str, dt.date | None]:
    """Return, by municipality code, the last day up to which this adviser reads: None while in term."""
    days: dict[str, dt.date | None] = {}
    for membership in access.memberships_kept(user):
        code, day = membership.scope_code, membership.valid_to
        days[code] = max(filter(None, (days.get(code), day)))
    for membership in user.memberships.in_term():
        if Permission.READ_KEPT in permissions_of([membership]):
            days[membership.scope_code] = None
    return days


def up_to(snapshots: QuerySet, last_day: dt.date | None) -> QuerySet:
    """Keep the versions submitted up to the last day of the term, in Japanese days."""
    return snapshots if last_day is None else snapshots.filter(made_at__lt=_end_of(last_day))


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def own_reports(user: User) -> QuerySet:
    """Return the reports that this adviser was sent, has opened, commented or decided on."""
    own = {"report": OuterRef("pk")}
    looked = ReviewLook.objects.filter(snapshot__report=OuterRef("pk"), adviser=user)
    return ProgressReport.objects.submitted().filter(
        Exists(Delivery.objects.filter(recipient=user, **own))
        | Exists(looked)
        | Exists(Comment.objects.filter(author=user, **own))
        | Exists(Decision.objects.filter(adviser=user, **own))
    )


def reports_of(user: User) -> list[Kept]:
    """Return the reports of all municipalities that this adviser keeps, the newest first."""
    days = last_days(user)
    places = list(Municipality.objects.filter(code__in=days))
    if not places:
        return []
    with across(places):
        rows = _heads(user)
        found = [_kept(row, days[row.cycle.municipality.code]) for row in rows]
    return [one for one in found if one is not None]


def _heads(user: User) -> QuerySet:
    versions = Snapshot.objects.only("report_id", "version", "made_at", "municipality_id")
    decisions = Decision.objects.filter(adviser=user).order_by("pk")
    comments = Comment.objects.filter(author=user).only("report_id", "municipality_id")
    rows = own_reports(user).select_related("cycle__municipality__prefecture", "step")
    return rows.order_by("-submitted_at", "-pk").prefetch_related(
        Prefetch("snapshots", versions, to_attr="kept_versions"),
        Prefetch("decisions", decisions, to_attr="own_decisions"),
        Prefetch("comments", comments, to_attr="own_comments"),
    )


def _kept(report, last_day: dt.date | None) -> Kept | None:
    """Return what is kept of a report, or None where nothing of it was submitted within the term."""
    end = _end_of(last_day) if last_day else None
    if not any(end is None or version.made_at < end for version in report.kept_versions):
        return None
    decision = report.own_decisions[-1] if report.own_decisions else None
    return Kept(report, last_day, len(report.own_comments), decision)


def versions_of(user: User, number) -> list[Snapshot]:
    """Return the versions under this number that the adviser keeps, the newest first, without their documents."""
    days = last_days(user)
    if number.municipality_code not in days:
        return []
    mine = Snapshot.objects.numbered(number).filter(report__in=own_reports(user))
    rows = up_to(mine, days[number.municipality_code])
    return list(rows.defer("document").select_related("report__step", "pdf").order_by("-version"))


def comments_of(user: User, report: ProgressReport) -> list[Comment]:
    """Return the own comments with their threads; another adviser's turn only as far as the term went."""
    last_day = last_days(user)[report.cycle.municipality.code]
    visible = Q(is_advisers=False) | Q(author=user)
    if last_day is not None:
        visible |= Q(written_at__lt=_end_of(last_day))
    replies = CommentReply.objects.select_related("author").order_by("pk")
    threads = replies.filter(visible) if last_day is not None else replies
    own = Comment.objects.filter(report=report, author=user).select_related("snapshot")
    return list(
        own.defer("snapshot__document")
        .order_by("pk")
        .prefetch_related(Prefetch("replies", threads))
    )


def decisions_of(user: User, report: ProgressReport) -> list[Decision]:
    own = Decision.objects.filter(report=report, adviser=user).select_related("snapshot")
    return list(own.defer("snapshot__document").order_by("pk"))
