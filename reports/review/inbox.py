"""The reports of all municipalities of an adviser, what waits for them first: it reads across municipalities."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from municipalities.access import Permission, codes_with
from municipalities.models import Municipality
from municipalities.rows.rows import ADVISERS_READ
from municipalities.tenancy import across
from reports.choices import AdviceOrigin, CommentState, DecisionKind, ReportStatus
from reports.document import differing
from reports.models import AdviceItem, Comment, Decision, ProgressReport, Snapshot
from reports.review import looks

if TYPE_CHECKING:
    from municipalities.models import User

# What has ended stays in sight for a year.
KEPT = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Head:
    """One report of the inbox. `changed`: sections that differ from what this adviser saw last; None: nothing before."""

    # With what `_reports_for` annotates.
    report: Any
    changed: int | None = None

    @property
    def is_ended(self) -> bool:
        """Nobody waits for anything: this adviser has advised on the version, or it is accepted."""
        if self.report.status == ReportStatus.ACCEPTED:
            return True
        return not self.report.is_open and self.report.own_decision == DecisionKind.ADVISED

    @property
    def is_with_municipality(self) -> bool:
        """It comes again: this adviser has asked for it, or a new version is being written."""
        is_asked = self.report.own_decision == DecisionKind.REVISIT
        return not self.is_ended and (self.report.is_open or is_asked)

    @property
    def days(self) -> int | None:
        """Days for which somebody has been waiting: the municipality for us, or we for it."""
        if not self.is_with_municipality:
            return None if self.is_ended else self.report.days_waiting
        if at := self.report.own_decided_at:
            return (timezone.localdate() - timezone.localdate(at)).days
        return None

    @property
    def ended_at(self) -> dt.datetime:
        return self.report.own_decided_at or self.report.submitted_at

    @property
    def has_counts(self) -> bool:
        return bool(self.report.answered or self.report.pending or self.report.unconfirmed)


@dataclass(frozen=True, slots=True)
class Inbox:
    """`waiting` for this adviser, with the `municipality`, and what has `ended` within a year."""

    waiting: list[Head] = field(default_factory=list)
    municipality: list[Head] = field(default_factory=list)
    ended: list[Head] = field(default_factory=list)
    has_places: bool = True

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.municipality or self.ended)


def municipalities_of(user: User) -> list[Municipality]:
    """Return the municipalities whose submitted reports this person may read today."""
    codes = codes_with(user, Permission.READ_SUBMITTED)
    return list(Municipality.objects.filter(code__in=codes))


def inbox_of(user: User) -> Inbox:
    """Return the inbox in a fixed number of queries; papers for a council go to no adviser."""
    places = municipalities_of(user)
    if not places:
        return Inbox(has_places=False)
    with across(places):
        heads = [Head(report) for report in _reports_for(user)]
        waiting = _with_changes([one for one in heads if _waits(one)], user)
    since = timezone.now() - KEPT
    ended = [one for one in heads if one.is_ended and one.ended_at >= since]
    return Inbox(
        waiting=waiting,
        municipality=[one for one in heads if one.is_with_municipality],
        ended=sorted(ended, key=lambda one: one.ended_at, reverse=True),
    )


def number_waiting(user: User) -> int:
    """Return how many reports wait for this adviser, without looking into any."""
    places = municipalities_of(user)
    if not places:
        return 0
    with across(places):
        return sum(_waits(Head(report)) for report in _reports_for(user))


def _waits(head: Head) -> bool:
    return not (head.is_ended or head.is_with_municipality)


def _reports_for(user: User) -> list[ProgressReport]:
    """Return the submitted reports, the longest waiting first, each with its counts for this adviser."""
    newest = Snapshot.objects.filter(report=OuterRef("pk")).order_by("-version")
    said = Decision.objects.filter(
        report=OuterRef("pk"), adviser=user, snapshot__version=OuterRef("newest_version")
    ).order_by("-pk")
    own = Comment.objects.filter(report=OuterRef("pk"))
    answered = own.sent().filter(author=user, state=CommentState.ANSWERED)
    found = (
        ProgressReport.objects.submitted()
        .filter(is_council_paper=False)
        .select_related("cycle__municipality__prefecture")
        .annotate(
            newest_version=Coalesce(Subquery(newest.values("version")[:1]), 1),
            newest_pk=Subquery(newest.values("pk")[:1]),
        )
        .annotate(
            own_decision=Subquery(said.values("kind")[:1]),
            own_decided_at=Subquery(said.values("decided_at")[:1]),
            wanted_on=Subquery(said.values("wanted_on")[:1]),
            pending=_counted(own.pending_of(user), "report"),
            answered=_counted(answered, "report"),
            unconfirmed=_counted(_unconfirmed_advice(), "cycle"),
        )
    )
    return list(found.order_by("submitted_at", "pk"))


def _counted(rows, by: str) -> Coalesce:
    """Return how many rows hang on the report or its year, as a subquery."""
    counted = rows.order_by().values(by).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _unconfirmed_advice():
    """Return what staff have written down of the year's meetings and no adviser has confirmed."""
    return AdviceItem.objects.filter(
        cycle=OuterRef("cycle"),
        origin=AdviceOrigin.MEETING,
        confirmed_on=None,
        audience__in=ADVISERS_READ,
        step__audience__in=ADVISERS_READ,
    )


def _with_changes(heads: list[Head], user: User) -> list[Head]:
    """Return the heads with the number of changed sections, where an earlier version is known: two queries."""
    again = {one.report.pk: one.report.newest_pk for one in heads if one.report.newest_version > 1}
    if not again:
        return heads
    known = looks.known_to(user).filter(report__in=again)
    before: dict[int, int] = {}
    for report, snapshot in known.values_list("report", "pk"):
        before.setdefault(report, snapshot)
    wanted = {*before.values(), *(again[report] for report in before)}
    kept = dict(Snapshot.objects.filter(pk__in=wanted).values_list("pk", "document"))
    changed = {
        report: _changed(kept[snapshot], kept[again[report]]) for report, snapshot in before.items()
    }
    return [Head(one.report, changed.get(one.report.pk)) for one in heads]


def _changed(before: bytes | memoryview, after: bytes | memoryview) -> int:
    old, new = (json.loads(bytes(document)) for document in (before, after))
    return len(differing.changed_codes(old, new))
