"""Opening and closing a round of asking: who presses first decides, a second press changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from municipalities.kernel import changes, tokens
from municipalities.kernel.changes import Change
from surveys.choices import RoundState
from surveys.questionnaires.making import form_fixing, prefecture_forms
from surveys.questionnaires.shape import form_checks, form_shape

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.models import SurveyRound
    from surveys.questionnaires.shape.form_shape import Form

CLOSING = "close"
NO_END = "締切日を登録してから、受付を始めてください。"
OVER = "締切日を過ぎています。締切日を直してから、受付を始めてください。"
NO_CONTACT = (
    "問い合わせ先（部署・電話）を登録してから、受付を始めてください。回答する人に示します。"
)
NO_DAY = "回答データの保存期限を登録してから、受付を始めてください。回答する人に示します。"
EARLY_DAY = (
    "回答データの保存期限が、締切日より後になっていません。直してから、受付を始めてください。"
)


def open_round(row: SurveyRound, *, by: User) -> SurveyRound:
    """Take answers from now on, or from its first day; its questionnaire is fixed.

    The same for reopening: the address stays what it was, so that printed posters go on working, unless its key
    was lost with the installation's.
    Raises ValidationError with what is missing, StaleVersion when somebody was faster.
    """
    refuse_unready(row)
    with transaction.atomic():
        form_fixing.fix(row.questionnaire, by=by)
        row.state = RoundState.ASKING
        row.opens_on = row.opens_on or timezone.localdate()
        fields = ["state", "opens_on", "closes_on"]
        if row.token is None or not tokens.is_known(row.token):
            row.token = tokens.issue_derived(
                tokens.TokenKind.SURVEY,
                user=by,
                expires_at=None,
                municipality=row.cycle.municipality,
                subject=row.key,
            )
            fields.append("token")
        changes.save_versioned(row, by=by, expected_version=row.version, fields=fields, deed="open")
        prefecture_forms.tell(row.cycle, row.questionnaire.key)
    return row


@dataclass(frozen=True, slots=True)
class Lack:
    """What is to be done before a round is opened: a field of its form, or something in its questionnaire."""

    sentence: str
    field: str = ""
    asked_key: str = ""


def refuse_unready(row: SurveyRound) -> None:
    """Raise ValidationError while the round cannot be asked."""
    row.refuse_opening()
    if found := lacking(row, form_shape.read(row.questionnaire)):
        raise ValidationError([one.sentence for one in found])


def lacking(row: SurveyRound, form: Form) -> list[Lack]:
    """Return what is missing before a round is opened, in the order of its form, then of its questionnaire."""
    closes_on, keep_until = row.closes_on, row.keep_until
    is_early = closes_on is not None and keep_until is not None and keep_until <= closes_on
    missing = (
        (not row.contact, NO_CONTACT, "contact"),
        (closes_on is None, NO_END, "closes_on"),
        (closes_on is not None and closes_on < timezone.localdate(), OVER, "closes_on"),
        (keep_until is None, NO_DAY, "keep_until"),
        (is_early, EARLY_DAY, "keep_until"),
    )
    found = [Lack(sentence, field) for is_missing, sentence, field in missing if is_missing]
    troubles = form_checks.troubles(form)
    return found + [Lack(one.sentence, asked_key=one.key or "add") for one in troubles]


def reopen_round(row: SurveyRound, *, by: User, closes_on: dt.date) -> SurveyRound:
    """Take answers again until a new last day. Raises as opening does."""
    row.closes_on = closes_on
    return open_round(row, by=by)


def planned_end(row: SurveyRound) -> dt.date | None:
    """Return the last day that was planned when a round was closed, which its closing may have moved. One query."""
    told = Change.objects.of(row).filter(deed=CLOSING).order_by("-pk").first()
    planned = told and told.before.get("closes_on")
    return dt.date.fromisoformat(planned) if planned else row.closes_on


def close_round(row: SurveyRound, *, by: User) -> SurveyRound:
    """Take no more answers, before the planned last day too: then today was the last. Paper may still be keyed in.

    Raises ValidationError where nothing is open, StaleVersion when somebody was faster.
    """
    row.refuse_closing()
    row.state = RoundState.CLOSED
    # What is registered tells when people were asked, not when it had been planned.
    row.closes_on = min(row.closes_on or timezone.localdate(), timezone.localdate())
    fields = ("state", "closes_on")
    with transaction.atomic():
        changes.save_versioned(
            row, by=by, expected_version=row.version, fields=fields, deed=CLOSING
        )
        prefecture_forms.tell(row.cycle, row.questionnaire.key)
    return row
