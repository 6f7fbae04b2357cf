"""Published rows of a prefecture's year, written as the deeds of the municipalities would."""

import datetime as dt

from django.utils import timezone

from municipalities.models import Municipality, Prefecture
from reports.models import DueDate, OfficerEntry, PhaseProgress, Progress, YearProgress
from tests import world

# A year that lies behind every clock of the tests: its dates are over.
PAST = 2023


def town(number, **values):
    """Return a further municipality of 見本県; number makes its code."""
    made = {"name": f"村{number}", "kana": "むら", "kind": "village"} | values
    prefecture = Prefecture.objects.get(code="99")
    return Municipality.objects.create(code=f"97{number:04}", prefecture=prefecture, **made)


def ours():
    return Municipality.objects.get(code=world.OURS)


def submitted(place, kind="interim", **values):
    day = dt.date(values.get("fiscal_year", world.YEAR), 10, 1)
    row = {"fiscal_year": world.YEAR, "serial": 1, "status": "submitted", "submitted_on": day}
    return Progress.objects.create(municipality=place, kind=kind, **row | values)


def counted(place, year=world.YEAR, **counts):
    """Write the counts of a year."""
    return YearProgress.objects.create(municipality=place, fiscal_year=year, **counts)


def phased(place, states, phase="plan", year=world.YEAR):
    """Write the states of scenes in one phase: scene → state."""
    for scene, state in states.items():
        PhaseProgress.objects.create(
            municipality=place, fiscal_year=year, scene=scene, phase=phase, state=state
        )


def entered(place, by, kind="interim", **values):
    row = {"fiscal_year": world.YEAR, "status": "draft"} | values
    return OfficerEntry.objects.create(municipality=place, kind=kind, entered_by=by, **row)


def due(day, by, kind="interim", year=world.YEAR, scope=("prefecture", "99")):
    """Set a date; `day` may be a number of days from today."""
    if isinstance(day, int):
        day = timezone.localdate() + dt.timedelta(days=day)
    return DueDate.objects.create(
        scope_kind=scope[0], scope_code=scope[1], fiscal_year=year, kind=kind, due_on=day, set_by=by
    )
