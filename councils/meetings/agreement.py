"""Where a council agreed to a desired state or a logic model: the latest decision 「合意した」 that points at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from councils.choices import DecisionKind
from councils.meetings.meeting_calendar import is_readable, last_day_of
from councils.models import Decision, Meeting
from municipalities.japanese.dates import in_wareki
from municipalities.rows.rows import audience_lets_out

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Cycle

# (table, primary key) → the agreement.
Agreements = dict[tuple[str, int], "Agreement"]
AGREED_TO = ("desired_state", "logic_model")


@dataclass(frozen=True, slots=True)
class Agreement:
    """At which meeting, and when: the day of the meeting, or the plan where it has none."""

    meeting: str
    day: dt.date | None
    planned: str
    url: str

    @property
    def in_words(self) -> str:
        return in_words(self.meeting, in_wareki(self.day) if self.day else self.planned)


def in_words(meeting: str = "", when: str = "") -> str:
    """Return 「協議体で合意　全体会 第1回 （令和8年5月20日）」, as papers say it."""
    named = " ".join(filter(None, (meeting, f"（{when}）" if when else "")))
    return "　".join(filter(None, ("協議体で合意", named)))


def of(cycle: Cycle, *, leaving: bool = False) -> Agreements:
    """Return the year's agreements, in one query, by what they are about; the latest of several counts.

    `leaving` asks for what may leave the house: nothing that is, or stands under, something 庁内. A meeting that a neighbour led is asked for through the fence: what is not shared any more, or was never
    to be seen here (庁内), proves nothing.
    """
    rows = (
        Decision.objects.filter(cycle=cycle, kind=DecisionKind.AGREED)
        .filter(Q(desired_state__isnull=False) | Q(logic_model__isnull=False))
        .filter(meeting__in=Meeting.objects.all())
        .select_related("meeting__council", "meeting__municipality")
    )
    found = sorted(
        (row for row in rows if is_readable(row.meeting) and (not leaving or may_leave(row))),
        key=lambda row: (last_day_of(row.meeting), row.position, row.pk),
    )
    return {subject_of(row): agreement_of(row.meeting, cycle) for row in found}


def may_leave(decision: Decision) -> bool:
    return all(
        map(audience_lets_out, (decision, decision.meeting, decision.meeting.council)),
    )


def subject_of(decision: Decision) -> tuple[str, int]:
    column = next(name for name in AGREED_TO if getattr(decision, f"{name}_id"))
    return table_of(column), getattr(decision, f"{column}_id")


def table_of(column: str) -> str:
    model: Any = Decision._meta.get_field(column).related_model
    return model._meta.label_lower


def agreement_of(meeting: Meeting, cycle: Cycle) -> Agreement:
    # A meeting is read in its own year, which may be the one after.
    year = (cycle.municipality.code, meeting.fiscal_year)
    if meeting.is_led_here:
        url = reverse("meetings:meeting", args=[*year, meeting.key])
    else:
        place = (meeting.municipality.code, meeting.key)
        url = reverse("meetings:meeting_shared", args=[*year, *place])
    return Agreement(meeting.label, meeting.held_on, meeting.planned, url)


def about(agreements: Agreements, row: Any) -> Agreement | None:
    """Return where a row was agreed to, or None: then it is 案."""
    return agreements.get((row._meta.label_lower, row.pk))
