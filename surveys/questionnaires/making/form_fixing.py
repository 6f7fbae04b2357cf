"""A questionnaire that was asked is fixed: its questions stay as they were answered, changes go into a new version."""

from django.db import transaction

from municipalities.kernel import changes
from surveys.models import Questionnaire


class FormIsFixed(Exception):
    """The questionnaire was asked, before or just now; nothing of it was changed."""

    def __init__(self, questionnaire):
        super().__init__(questionnaire.key)
        self.questionnaire = questionnaire


def refuse_fixed(questionnaire):
    """Raise FormIsFixed for a questionnaire that was asked."""
    if questionnaire.is_fixed:
        raise FormIsFixed(questionnaire)


def hold(questionnaire):
    """Keep the questionnaire from being asked, deleted or written by others until the transaction ends.

    Raises FormIsFixed where it was asked meanwhile, or is gone.
    """
    with transaction.atomic():
        found = Questionnaire.objects.select_for_update().filter(
            pk=questionnaire.pk, is_fixed=False
        )
        if not found:
            raise FormIsFixed(questionnaire)


def fix(questionnaire, *, by):
    """From now on changes go into a new version: answers must keep meaning what they meant."""
    if not questionnaire.is_fixed:
        questionnaire.is_fixed = True
        changes.save_versioned(
            questionnaire,
            by=by,
            expected_version=questionnaire.version,
            fields=("is_fixed",),
            deed="fix",
        )
