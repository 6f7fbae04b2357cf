"""Deleting a question of a questionnaire: into the trash, and what led to it leads to what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.kernel import changes, trash
from surveys.models import Option
from surveys.questionnaires.making import form_fixing
from surveys.questionnaires.shape import form_shape, skip_ways

if TYPE_CHECKING:
    from municipalities.kernel.trash import TrashItem
    from municipalities.models import User
    from surveys.models import Question


def told(question: Question) -> str:
    """Say what becomes of the skips to and out of a question or heading, or nothing."""
    form = form_shape.read(question.questionnaire)
    return skip_ways.deletion_words(form, _keys(question), question.key)


def throw_away(question: Question, *, by: User, title: str = "") -> TrashItem:
    """Delete a question with its options and rows. Raises FormIsFixed, InUse, StaleVersion."""
    with transaction.atomic():
        form_fixing.hold(question.questionnaire)
        _lead_on(question, by=by)
        return trash.throw_away(question, by=by, title=title)


def _keys(question: Question) -> list[str]:
    return [one.key for one in question.questionnaire.questions.all()]


def _lead_on(question: Question, *, by: User) -> None:
    """Let every option that leads to a question lead to what stands behind it."""
    keys = _keys(question)
    leading = Option.objects.filter(
        question__questionnaire=question.questionnaire_id, skip_to=question.key
    ).exclude(question=question)
    for option in leading.select_related("question").order_by("pk"):
        option.skip_to = skip_ways.without(keys, question.key, option.question.key)
        changes.save_versioned(option, by=by, expected_version=option.version, fields=("skip_to",))
