"""Writing where the options of a question lead to, as its page was opened."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from municipalities.kernel import changes
from surveys.questionnaires.asked.option_table import Overtaken
from surveys.questionnaires.making import form_fixing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from municipalities.models import User
    from surveys.models import Option, Question


def mark_of(questions: Sequence[Question], options: Sequence[Option]) -> str:
    """Return a word that changes when options change, or what stands behind them."""
    state = [one.key for one in questions] + [f"{one.key}:{one.version}" for one in options]
    return hashlib.sha256(",".join(state).encode()).hexdigest()[:16]


def write(question: Question, ways: Sequence[str], *, mark: str, by: User) -> None:
    """Let each option lead where `ways` says. Raises Overtaken, or FormIsFixed where it was asked meanwhile."""
    with transaction.atomic():
        form_fixing.hold(question.questionnaire)
        questions = list(question.questionnaire.questions.all())
        options = list(question.options.all())
        if mark_of(questions, options) != mark or len(options) != len(ways):
            raise Overtaken
        for option, way in zip(options, ways, strict=True):
            option.skip_to = way
            changes.save_versioned(
                option, by=by, expected_version=option.version, fields=("skip_to",)
            )
