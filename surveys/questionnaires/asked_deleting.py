"""Deleting a question of a questionnaire: into the trash, unless the questionnaire is asked meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.kernel import trash
from surveys.questionnaires import form_fixing

if TYPE_CHECKING:
    from municipalities.kernel.trash import TrashItem
    from municipalities.models import User
    from surveys.models import Question


def throw_away(question: Question, *, by: User, title: str = "") -> TrashItem:
    """Delete a question with its options and rows. Raises FormIsFixed, InUse, StaleVersion."""
    with transaction.atomic():
        form_fixing.hold(question.questionnaire)
        return trash.throw_away(question, by=by, title=title)
