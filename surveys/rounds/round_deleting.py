"""Deleting a round: told to the prefecture whose questionnaire it asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.kernel import trash
from surveys.questionnaires.making import prefecture_forms

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.models import SurveyRound


def throw_away(row: SurveyRound, *, by: User, title: str = "") -> trash.TrashItem:
    """Move a round into the trash and tell its prefecture. Raises InUse, StaleVersion."""
    cycle, form_key = row.cycle, row.questionnaire.key
    with transaction.atomic():
        item = trash.throw_away(row, by=by, title=title)
        prefecture_forms.tell(cycle, form_key)
    return item
