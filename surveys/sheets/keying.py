"""Keying in paper sheets: a number of each sheet, entered once, and compared where it is entered again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from municipalities.kernel import changes
from surveys.answers import comparing, receiving
from surveys.answers.receiving import Arrival
from surveys.choices import ResponseWay
from surveys.models import Answer, Response, SurveyRound

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.answers.filling import Filled
    from surveys.questionnaires.shape.form_shape import Form

# What the history tells of a sheet: that it was entered, nothing of what stands on it.
TOLD = ("round", "way", "sheet_number")


@dataclass(frozen=True)
class Keyed:
    """How it went: `differing` names the questions on which the second entry is another; empty: it agrees."""

    response: Response
    is_new: bool
    differing: tuple[str, ...] = ()


def submission_of(sheet_number: str) -> str:
    return f"sheet:{sheet_number}"


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper as it was entered."""

    number: str
    form: Form
    filled: Filled


def key_in(row: SurveyRound, sheet: Sheet, *, by: User, replaces: bool = False) -> Keyed:
    """Write a sheet. One of this number is compared, and written over only where `replaces` says so.

    Raises ValidationError where the round takes no sheets any more.
    """
    try:
        return _keyed(row, sheet, by=by, replaces=replaces)
    except IntegrityError:
        # Somebody entered this number at the same moment: now it is there, and is compared.
        return _keyed(row, sheet, by=by, replaces=False)


def _keyed(row: SurveyRound, sheet: Sheet, *, by: User, replaces: bool) -> Keyed:
    rows, filled = receiving.rows_of(row.questionnaire_id), sheet.filled
    arrival = Arrival(ResponseWay.PAPER, submission_of(sheet.number), sheet_number=sheet.number)
    with transaction.atomic():
        SurveyRound.objects.hold(row).refuse_paper()
        stored = Response.objects.filter(round=row, submission=arrival.submission).first()
        if stored is not None:
            stored.round = row
        if stored is not None and not replaces:
            return Keyed(
                stored,
                is_new=False,
                differing=comparing.differing(stored, sheet.form, filled, rows),
            )
        if stored is not None:
            _record(stored, by=by, deed="key_out")
            # Why it was left out was said of the sheet, not of what was typed first.
            arrival = replace(
                arrival, is_excluded=stored.is_excluded, excluded_why=stored.excluded_why
            )
            Answer.objects.filter(response=stored).delete()
            stored.delete()
        response = receiving.write(row, filled, arrival, rows=rows)
        _record(response, by=by, deed="key_in")
    return Keyed(response, is_new=True)


def _record(response: Response, *, by: User, deed: str) -> None:
    told = changes.values_of(response, TOLD)
    changes.record(response, by=by, deed=deed, before={}, after=told)
