"""The days of rounds, for calendars and for what comes next: a query each, however many rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from surveys.choices import RoundState
from surveys.models import SurveyRound

if TYPE_CHECKING:
    import datetime as dt

    from municipalities.models import Cycle


def between(first: dt.date, last: dt.date) -> list[SurveyRound]:
    """Return the rounds of every year that have a day in this time: answers are kept for years."""
    span = (first, last)
    rows = SurveyRound.objects.filter(
        Q(opens_on__range=span) | Q(closes_on__range=span) | Q(keep_until__range=span)
    )
    return list(rows.select_related("cycle").order_by("pk"))


def open_ends(cycle: Cycle) -> list[SurveyRound]:
    """Return the rounds of a year with something left to do, with `answers` and, of invited offices, `silent`."""
    silent = Q(invitees__invited_at__isnull=False) & Q(
        invitees__answered_on=None, invitees__reminded_at=None
    )
    rows = SurveyRound.objects.filter(cycle=cycle, emptied_on=None)
    rows = rows.exclude(state=RoundState.CLOSED, result_key__gt="")
    return list(
        rows.annotate(
            answers=Count("responses", distinct=True),
            silent=Count("invitees", filter=silent, distinct=True),
        ).order_by("position", "pk")
    )
