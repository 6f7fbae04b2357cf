"""Deleting the answers of a round, and with them the addresses of those who were asked.

Its tables stay: they are counted once more and kept in the same transaction. Registered ones stay anyway.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from municipalities.kernel import changes
from municipalities.kernel.tokens import Token
from municipalities.models import Municipality
from municipalities.tenancy import within
from surveys.choices import RoundState
from surveys.models import Answer, AnswerUpload, Invitee, Response, SurveyRound
from surveys.rounds import kept_file

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from municipalities.models import User

log = logging.getLogger(__name__)

# How many days before the day the page of the round warns of it.
WARNED_DAYS = 60
STAYS = "集計表は残りますが、自由記述と、1件ごとの回答は残りません。"
REGISTER = "集計の結果は、まだ登録されていません。課題の根拠や指標の値に使うときは、それまでに登録してください。"

_kept_by: list[Callable[..., object]] = []


def keeps_by(deed: Callable[..., object]) -> None:
    """Say what counts and keeps the tables of a round; the app's registry does. Tables stand above rounds."""
    _kept_by[:] = [deed]


def _keep(row: SurveyRound, by: User | None) -> None:
    """Keep the tables. Without anybody who does, nothing is deleted: the one deed must be there."""
    [deed] = _kept_by
    deed(row, by=by)


def empty(row: SurveyRound, *, by: User | None) -> SurveyRound:
    """Delete what was answered and who was asked; it cannot be taken back. `by` None: the clock.

    Raises StaleVersion, having deleted nothing, when the round was changed meanwhile, ValidationError where it
    was emptied before. Who is writing into it is waited for; who comes later finds it emptied.
    """
    with transaction.atomic():
        SurveyRound.objects.hold(row).refuse_emptied()
        _keep(row, by)
        answers = Response.objects.filter(round=row)
        count = answers.count()
        if row.returned is None:
            row.returned = count
        row.state = RoundState.CLOSED
        row.emptied_on = timezone.localdate()
        changes.save_versioned(
            row,
            by=by,
            expected_version=row.version,
            fields=("returned", "state", "emptied_on"),
            deed="empty",
        )
        AnswerUpload.objects.filter(round=row).delete()
        Answer.objects.of(row).delete()
        answers.delete()
        invitees = Invitee.objects.filter(round=row)
        codes = [pk for pk in invitees.values_list("token_id", flat=True) if pk is not None]
        invitees.delete()
        Token.objects.filter(pk__in=codes).delete()
    return row


def empty_due(today: dt.date | None = None) -> int:
    """Empty every round whose day has passed, town by town; return how many. The clock calls this.

    On the way go the files that somebody began to take in a day ago.
    """
    today = today or timezone.localdate()
    emptied = 0
    for municipality in Municipality.objects.order_by("code"):
        with within(municipality):
            kept_file.drop_old()
            due = SurveyRound.objects.filter(keep_until__lt=today, emptied_on=None)
            for row in due.order_by("pk"):
                emptied += _emptied_by_clock(row)
    return emptied


def _emptied_by_clock(row: SurveyRound) -> bool:
    """Empty one round. Whoever is just changing it is waited for until the next hour; no round stops the others."""
    try:
        empty(row, by=None)
    except (changes.StaleVersion, ObjectDoesNotExist, ValidationError):
        log.info("round %s was being changed: it is looked at again at the next hour", row.pk)
    except DatabaseError:
        log.exception("round %s could not be emptied: it is tried again at the next hour", row.pk)
    else:
        return True
    return False


def warning_of(row: SurveyRound, *, today: dt.date) -> str:
    """Return what the page of the round says before the day comes, or nothing."""
    if row.is_emptied or row.keep_until is None:
        return ""
    if (row.keep_until - today).days > WARNED_DAYS:
        return ""
    tail = "" if row.has_result else REGISTER
    return f"回答は、{row.keep_until.year}年{row.keep_until.month}月{row.keep_until.day}日を過ぎると自動で消えます。{tail}{STAYS}"
