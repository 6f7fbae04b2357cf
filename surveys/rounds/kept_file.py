"""A file of answers that somebody is taking in: kept for its owner between checking, naming columns and taking in.

Its bytes are raw answers. They are read by nobody else, and gone when they were taken in, given up, emptied or a day old.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from surveys.answers import personal
from surveys.models import AnswerUpload, SurveyRound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from municipalities.models import User

KEPT_FOR = dt.timedelta(hours=24)
LONGEST_NAME = 200


def of(row: SurveyRound, *, by: User) -> AnswerUpload | None:
    """Return the file that somebody is taking in, or nothing."""
    since = timezone.now() - KEPT_FOR
    return AnswerUpload.objects.filter(round=row, uploaded_by=by, created_at__gt=since).first()


def keep(
    row: SurveyRound, *, by: User, name: str, content: bytes, rows: Sequence[Sequence[str]]
) -> AnswerUpload | None:
    """Keep a file in place of the one before; none that bears a マイナンバー. Raises ValidationError in an emptied round."""
    with transaction.atomic():
        SurveyRound.objects.hold(row).refuse_paper()
        drop(row, by=by)
        if any(personal.holds_my_number(cell) for line in rows for cell in line):
            return None
        return AnswerUpload.objects.create(
            round=row, uploaded_by=by, file_name=name[:LONGEST_NAME], content=content
        )


def drop(row: SurveyRound, *, by: User) -> None:
    AnswerUpload.objects.filter(round=row, uploaded_by=by).delete()


def drop_old() -> None:
    """Delete the files of the town that are a day old."""
    AnswerUpload.objects.filter(created_at__lte=timezone.now() - KEPT_FOR).delete()
