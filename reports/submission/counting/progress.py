"""What crosses the fence of a year: counts and states, no text, counted again from the rows themselves.

A submission counts in its own transaction. Every other deed leaves a Change, and a round that runs every few
minutes counts the years again whose newest Change their counts do not hold (docs/adr/0018).
"""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction
from django.db.models import Max, Q
from django.utils import timezone

from councils.models import Meeting
from municipalities.choices import Audience, CycleState
from municipalities.models import Change, Cycle, Municipality
from municipalities.tenancy import across, within
from reports.models import PhaseProgress, SupportFeedback, SupportStep, YearProgress
from reports.submission.counting import facts, finding_rounds, phases, step_progress

if TYPE_CHECKING:
    from reports.submission.counting.phases import YearFacts

logger = logging.getLogger(__name__)
# A transaction may commit a Change behind a newer one: only after this time is a Change surely counted.
SETTLED = dt.timedelta(minutes=2)
# Municipalities read at once.
CHUNK = 200
# So many Changes a quiet year may be behind before that is noted.
LAG = 1000
# The year of the Changes of rows that belong to none: they concern every year.
ENDURING = 0
# A meeting of the year after may judge this one.
MEETING = Meeting._meta.label_lower
RATINGS = ("moved_on", "in_time", "goes_on")
SEEN_BY_PREFECTURE = (Audience.PREFECTURE, Audience.PUBLIC)


def publish(cycle: Cycle) -> None:
    """Count a year and write what may cross its fence. Within the municipality.

    Counting what is counted already writes nothing. Of two at once the second waits and counts again.
    """
    key: dict[str, Any] = {
        "municipality_id": cycle.municipality_id,
        "fiscal_year": cycle.fiscal_year,
    }
    YearProgress.objects.get_or_create(**key)
    with transaction.atomic():
        row = YearProgress.objects.select_for_update().get(**key)
        # Before the rows are read: what comes in between is counted again, never missed.
        upto = max(row.upto, _settled(cycle))
        steps = list(
            SupportStep.objects.filter(cycle=cycle).only("held_on", "kind", "municipality")
        )
        found = facts.of(cycle, steps=steps)
        _publish_year(row, {"upto": upto} | _counts(found) | _ratings(cycle))
        _publish_phases(key, found)
        step_progress.publish(key, steps)


def _settled(cycle: Cycle) -> int:
    """Return the newest Change of the year that is surely in what is read now."""
    changes = Change.objects.filter(
        Q(fiscal_year__in=(ENDURING, cycle.fiscal_year))
        | Q(fiscal_year=cycle.fiscal_year + 1, model=MEETING)
    )
    old_enough = changes.filter(at__lte=timezone.now() - SETTLED)
    return old_enough.aggregate(newest=Max("pk"))["newest"] or 0


def _counts(found: YearFacts) -> dict[str, int]:
    return {name: getattr(found, name) for name in phases.COUNTS}


def _ratings(cycle: Cycle) -> dict[str, int]:
    """Return how the support was judged, where the prefecture may know it; else nothing is answered."""
    told = SupportFeedback.objects.filter(cycle=cycle, audience__in=SEEN_BY_PREFECTURE)
    row = told.values(*RATINGS).first()
    return row or dict.fromkeys(RATINGS, 0)


def _publish_year(row: YearProgress, values: dict[str, int]) -> None:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        changed_rows = YearProgress.objects.filter(pk=row.pk)
        changed_rows.update(**changed, counted_at=timezone.now())


def _publish_phases(key: dict[str, Any], found: YearFacts) -> None:
    """Write the cells that are new or different."""
    stored = {(row.scene, row.phase): row for row in PhaseProgress.objects.filter(**key)}
    new, changed = [], []
    for scene, cell in phases.published(found):
        values = {"state": cell.state, "done": cell.done, "wanted": cell.wanted}
        row = stored.get((scene, cell.phase))
        if row is None:
            new.append(PhaseProgress(**key, scene=scene, phase=cell.phase, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    PhaseProgress.objects.bulk_create(new)
    PhaseProgress.objects.bulk_update(changed, ["state", "done", "wanted"])


def recount() -> int:
    """Count every municipality's year again that has changed since it was counted; return how many."""
    places = list(Municipality.objects.order_by("pk").values_list("pk", flat=True))
    chunks = (places[at : at + CHUNK] for at in range(0, len(places), CHUNK))
    return sum(_count_again(cycle) for chunk in chunks for cycle in behind(chunk))


def _count_again(cycle: Cycle) -> bool:
    """Count one year; what the database refuses today is met again in the next round."""
    try:
        with within(cycle.municipality_id):
            publish(cycle)
            finding_rounds.ask(cycle.municipality)
    except DatabaseError:
        logger.exception("Not counted: %s of municipality %s", cycle, cycle.municipality_id)
        return False
    return True


def behind(places: list[int]) -> list[Cycle]:
    """Return the years of these municipalities of which a Change is newer than their counts.

    Years that are up to date are noted as such now and then, so that the next round reads few Changes.
    """
    stored = {
        (row.municipality_id, row.fiscal_year): row
        for row in YearProgress.objects.filter(municipality__in=places)
    }
    with across(places):
        # A year that is still prepared is nobody's business but its municipality's.
        begun = Cycle.objects.exclude(state=CycleState.DRAFT)
        cycles = list(begun.order_by("municipality", "fiscal_year"))
        known = [stored[_key(one)].upto if _key(one) in stored else 0 for one in cycles]
        newest = _newest_changes(min(known, default=0))
    late = [one for one in cycles if _key(one) not in stored or _is_late(stored[_key(one)], newest)]
    quiet = {_key(one) for one in cycles} - {_key(one) for one in late}
    _note_quiet([stored[key] for key in quiet], newest.settled)
    return late


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest Change of each municipality and year; the newest of them all that is surely visible."""

    by_year: dict[tuple[int, int], int]
    meetings: dict[tuple[int, int], int]
    settled: int


def _newest_changes(floor: int) -> _Newest:
    """Read the Changes of the municipalities that we are across, above a primary key, in one query."""
    settled = Max("pk", filter=Q(at__lte=timezone.now() - SETTLED))
    rows = (
        Change.objects.filter(pk__gt=floor)
        .order_by()
        .values("municipality", "fiscal_year")
        .annotate(newest=Max("pk"), settled=settled, meetings=Max("pk", filter=Q(model=MEETING)))
    )
    found = list(rows)
    return _Newest(
        {(row["municipality"], row["fiscal_year"]): row["newest"] for row in found},
        {(row["municipality"], row["fiscal_year"]): row["meetings"] or 0 for row in found},
        max((row["settled"] or 0 for row in found), default=0),
    )


def _is_late(row: YearProgress, newest: _Newest) -> bool:
    years = (row.fiscal_year, ENDURING)
    judging = newest.meetings.get((row.municipality_id, row.fiscal_year + 1), 0)
    latest = (newest.by_year.get((row.municipality_id, year), 0) for year in years)
    return max(judging, *latest) > row.upto


def _note_quiet(rows: list[YearProgress], settled: int) -> None:
    lagging = [row.pk for row in rows if row.upto < settled - LAG]
    if lagging:
        YearProgress.objects.filter(pk__in=lagging, upto__lt=settled).update(upto=settled)


def _key(cycle: Cycle) -> tuple[int, int]:
    return cycle.municipality_id, cycle.fiscal_year
