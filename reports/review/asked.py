"""What an adviser reads of the surveys that a town asks: their tables as they stand, no answer of one person, no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from municipalities.rows.rows import ADVISERS_READ
from surveys.choices import RoundState
from surveys.models import SurveyRound

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import Cycle


def rounds_of(cycle: Cycle) -> QuerySet[SurveyRound]:
    """Return the rounds of a year whose tables advisers may read: marked so, begun, with tables to show."""
    marked = SurveyRound.objects.filter(cycle=cycle, audience__in=ADVISERS_READ)
    return marked.with_tables().exclude(state=RoundState.DRAFT)


def round_of(cycle: Cycle, key: str) -> SurveyRound:
    """Return one of them with its questionnaire. Raises Http404 for any other."""
    row = get_object_or_404(rounds_of(cycle).select_related("questionnaire"), key=key)
    row.cycle = cycle
    return row
