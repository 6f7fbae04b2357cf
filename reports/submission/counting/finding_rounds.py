"""Counting findings in the background (docs/adr/0049).

Once a day one job counts every municipality that has begun a year. One whose rows break a rule's arithmetic, or kill
the worker, stops no other: it gets a job of its own, which is tried again and is seen by the operator. A municipality
whose year has changed gets such a job at once.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from municipalities.choices import CycleState
from municipalities.kernel import jobs
from municipalities.kernel.queue import Job, JobState
from municipalities.models import Cycle, Municipality
from municipalities.tenancy import within
from reports.models import YearProgress
from reports.submission.counting import finding_counts

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.kernel.jobs import Running

log = logging.getLogger(__name__)
JOB, ROUND = "count_findings", "count_all_findings"
# So many municipalities are counted in one go, then others have their turn.
AT_ONCE = 200
COUNTING = "{counted}／{every}市区町村を数えました。続きは自動で行うため、操作は要りません。"


def begin() -> bool:
    """Ask for the day's round, unless one is under way; return whether it was asked for.

    Some rules look at the calendar: once a day all are counted, changed or not.
    """
    if Job.objects.filter(kind=ROUND).unfinished().exists() or not _begun().exists():
        return False
    jobs.enqueue(ROUND, municipality=None, actor=None)
    return True


def _begun() -> QuerySet[Municipality]:
    """Return the municipalities that have begun a year, in the order in which they are counted."""
    begun = YearProgress.objects.order_by().values("municipality").distinct()
    places = Municipality.objects.filter(pk__in=begun).select_related("prefecture")
    return places.order_by("pk")


def ask(place: Municipality) -> None:
    """Ask to count a municipality's open years, unless that waits to be done already."""
    # One that runs may have read the rows before they changed.
    waiting = Job.objects.filter(kind=JOB, state=JobState.QUEUED, municipality=place)
    if not waiting.exists():
        jobs.enqueue(JOB, municipality=place, actor=None)


def handle(running: Running) -> None:
    """Count the open years of the job's municipality. Within it."""
    _count()
    with running.finishing():
        pass


def _count() -> None:
    for cycle in Cycle.objects.exclude(state=CycleState.CLOSED).order_by("fiscal_year"):
        finding_counts.publish(cycle)


def handle_round(running: Running) -> None:
    """Count every municipality, one after another; go on behind the one at which the last attempt stopped."""
    stopped = int(running.arguments.get("after", 0))
    if running.arguments.get("at") == stopped:
        # The worker died over it: whoever goes on does not begin with it again.
        ask(Municipality.objects.get(pk=stopped))
    places = list(_begun().filter(pk__gt=stopped)[: AT_ONCE + 1])
    for place in places[:AT_ONCE]:
        running.note(at=place.pk, after=place.pk)
        _count_or_ask(place)
    if len(places) > AT_ONCE:
        _pause(running, after=places[AT_ONCE - 1].pk)
        return
    with running.finishing():
        pass


def _count_or_ask(place: Municipality) -> None:
    """Count a municipality; one that cannot be counted now has its own job."""
    try:
        with within(place):
            _count()
    except (
        Exception
    ):  # whatever breaks here concerns one municipality; it is logged and tried again
        log.exception("Findings not counted: municipality %s", place.code)
        ask(place)


def _pause(running: Running, *, after: int) -> None:
    """Let other work have its turn; the operator sees how far the round is."""
    running.note(at=0, after=after)
    counted, every = _begun().filter(pk__lte=after).count(), _begun().count()
    running.release(COUNTING.format(counted=counted, every=every), seconds=0)
