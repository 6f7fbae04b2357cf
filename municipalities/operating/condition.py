"""How the installation is: what failed, what waits, who has accounts; counts for the operator's home."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from municipalities.kernel.jobs import Job, JobState
from municipalities.kernel.mail import MailState, OutgoingMail
from municipalities.models import Invitation, Membership, User
from municipalities.operating import health

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Work:
    """What runs behind the pages."""

    failed: int
    unsent: int
    due: int
    oldest: dt.timedelta
    last_done_at: dt.datetime | None

    @property
    def is_stuck(self) -> bool:
        """A due job waits longer than any job should: no worker, no scheduler or no broker."""
        return self.oldest.total_seconds() > health.PATIENCE_SECONDS

    @property
    def oldest_in_words(self) -> str:
        seconds = int(self.oldest.total_seconds())
        if seconds < MINUTE:
            return f"{seconds}秒"
        return f"{seconds // MINUTE}分" if seconds < HOUR else f"{seconds // HOUR}時間"


@dataclass(frozen=True, slots=True)
class People:
    """Accounts that are in use: with a role today, invited, with neither; and those for trying out."""

    in_term: int
    invited: int
    without: int
    demo: int


@dataclass(frozen=True, slots=True)
class Condition:
    work: Work
    people: People


def now() -> Condition:
    """Return the counts of this moment, in four queries."""
    return Condition(_work(), _people())


def _work() -> Work:
    is_failed = Q(state=JobState.FAILED)
    jobs = Job.objects.aggregate(
        failed=Count("pk", filter=is_failed),
        last=Max("finished_at", filter=Q(state=JobState.DONE)),
    )
    waiting = health.waiting()
    return Work(
        failed=jobs["failed"],
        unsent=OutgoingMail.objects.filter(state=MailState.FAILED).count(),
        due=waiting["due"],
        oldest=dt.timedelta(seconds=max(0, waiting["oldest_due_seconds"])),
        last_done_at=jobs["last"],
    )


def _people() -> People:
    own = {"user": OuterRef("pk")}
    has_role = Exists(Membership.objects.in_term().filter(**own))
    still_good = Q(token__revoked_at=None) & (
        Q(token__expires_at=None) | Q(token__expires_at__gt=timezone.now())
    )
    open_ones = Invitation.objects.filter(still_good, accepted_at=None, withdrawn_at=None, **own)
    counts = (
        User.objects.filter(is_active=True)
        .annotate(has_role=has_role, is_invited=Exists(open_ones))
        .aggregate(
            in_term=Count("pk", filter=Q(has_role=True)),
            invited=Count("pk", filter=Q(is_invited=True)),
            without=Count("pk", filter=Q(has_role=False, is_invited=False)),
            demo=Count("pk", filter=Q(is_demo=True)),
        )
    )
    return People(**counts)
