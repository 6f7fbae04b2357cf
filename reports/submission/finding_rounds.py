"""Counting findings in the background: one job for each municipality, so that one whose rows break a rule's
arithmetic stops no other, is tried again, and is seen by the operator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.choices import CycleState
from municipalities.kernel import jobs
from municipalities.kernel.queue import Job, JobState
from municipalities.models import Cycle, Municipality
from reports.models import YearProgress
from reports.submission import finding_counts

if TYPE_CHECKING:
    from municipalities.kernel.jobs import Running

JOB = "count_findings"


def begin() -> int:
    """Ask for every municipality that has begun a year; return how many were asked for.

    Some rules look at the calendar: once a day all are counted, changed or not.
    """
    begun = YearProgress.objects.order_by().values("municipality").distinct()
    places = Municipality.objects.filter(pk__in=begun).exclude(pk__in=_waiting()).order_by("pk")
    return len([_enqueue(place) for place in places])


def ask(place: Municipality) -> None:
    """Ask to count a municipality's open years, unless that waits to be done already."""
    if place.pk not in _waiting():
        _enqueue(place)


def _waiting() -> set[int]:
    """Return whose job has not begun: one that runs may have read the rows before they changed."""
    rows = Job.objects.filter(kind=JOB, state=JobState.QUEUED).order_by()
    return set(rows.exclude(municipality=None).values_list("municipality_id", flat=True))


def _enqueue(place: Municipality) -> Job:
    return jobs.enqueue(JOB, municipality=place, actor=None)


def handle(running: Running) -> None:
    """Count the open years of the job's municipality. Within it."""
    for cycle in Cycle.objects.exclude(state=CycleState.CLOSED).order_by("fiscal_year"):
        finding_counts.publish(cycle)
    with running.finishing():
        pass
