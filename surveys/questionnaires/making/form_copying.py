"""Copying: a questionnaire as another one or as its next version, and one question behind itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.pages import ordering
from surveys.models import Questionnaire
from surveys.questionnaires.making import form_making

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.models import Question

NEXT_IS_THERE = "次の版（{}）が、すでにあります。その調査票を直してください。"
COPIED = ("target", "opening", "closing", "note", "audience")


def copy_form(source: Questionnaire, *, by: User) -> Questionnaire:
    """Return a new questionnaire with the same questions, tied to nothing."""
    with transaction.atomic():
        made = _head(source, title=f"{source.title}（複製）"[:200])
        ordering.append(made, among=Questionnaire.objects.all(), by=by)
        asking = form_making.dumped(source.questions.prefetch_related("options", "rows"))
        loose = {"earlier_key": "", "earlier_change": ""}
        form_making.insert(made, [one | loose for one in asking], after="", by=by)
    return made


def next_edition(source: Questionnaire, *, by: User) -> Questionnaire:
    """Return the next version of a questionnaire: each question says which one it asks again.

    Raises ValidationError where there is a next version already.
    """
    with transaction.atomic():
        # Two who press at once come one after the other.
        list(Questionnaire.objects.select_for_update().filter(pk=source.pk))
        if later := Questionnaire.objects.filter(earlier_key=source.key).first():
            raise ValidationError(NEXT_IS_THERE.format(later))
        made = _head(source, title=source.title)
        made.edition, made.earlier_key = source.edition + 1, source.key
        ordering.append(made, among=Questionnaire.objects.all(), by=by)
        asking = form_making.dumped(source.questions.prefetch_related("options", "rows"))
        again = [one | {"earlier_key": one["key"], "earlier_change": ""} for one in asking]
        form_making.insert(made, again, after="", by=by)
    return made


def _head(source: Questionnaire, *, title: str) -> Questionnaire:
    return Questionnaire(title=title, **{name: getattr(source, name) for name in COPIED})


def copy_question(question: Question, *, by: User) -> Question:
    """Write the same question once more, behind itself. Raises as `form_making.insert`.

    Its skips lead where those of the first lead: a copy stands behind it, before all of them.
    """
    [asking] = form_making.dumped([question])
    loose = {"earlier_key": "", "earlier_change": ""}
    [made] = form_making.insert(question.questionnaire, [asking | loose], after=question.key, by=by)
    return made
