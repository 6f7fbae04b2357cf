"""Taking in the answers of a file: all of them in one short transaction, or none; the same file once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from municipalities.kernel import changes
from surveys.choices import ResponseWay
from surveys.models import Answer, Response
from surveys.rounds import receiving, sending
from surveys.rounds.receiving import Arrival

if TYPE_CHECKING:
    from municipalities.models import User
    from surveys.models import SurveyRound
    from surveys.rounds.answer_file import Checked, Taken

AT_ONCE = 500
ALREADY = "このファイルは、取込み済みです。"
SHEET_TAKEN = (
    "このファイルの紙の番号には、すでに登録されているものがあります。番号を確かめてください。"
)
TOO_MANY = f"一つの調査の回答は{sending.MOST_RESPONSES:,}件までです。"


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]


def take_in(row: SurveyRound, checked: Checked, *, digest: str, by: User) -> int:
    """Write every response of a table without refused cells. Raises ValidationError, having written nothing."""
    rows = receiving.rows_of(row.questionnaire_id)
    responses, answers = [], []
    for one in checked.taken:
        response = receiving.response_of(row, one.filled, arrival_of(one, digest))
        responses.append(response)
        answers += receiving.answers_of(response, one.filled, rows)
    existing = Response.objects.filter(round=row)
    if existing.filter(submission__startswith=f"file:{digest}:").exists():
        raise ValidationError(ALREADY)
    if existing.count() + len(responses) > sending.MOST_RESPONSES:
        raise ValidationError(TOO_MANY)
    try:
        with transaction.atomic():
            Response.objects.bulk_create(responses, batch_size=AT_ONCE)
            Answer.objects.bulk_create(answers, batch_size=AT_ONCE)
            told = {"file": digest, "rows": len(responses)}
            changes.record(row, by=by, deed="take_in", before={}, after=told, version=row.version)
    except IntegrityError as error:
        raise ValidationError(SHEET_TAKEN) from error
    return len(responses)


def arrival_of(one: Taken, digest: str) -> Arrival:
    """A sheet with a number is that sheet, whether it is keyed in or comes in a file."""
    submission = f"sheet:{one.sheet_number}" if one.sheet_number else f"file:{digest}:{one.row}"
    return Arrival(ResponseWay.FILE, submission, sheet_number=one.sheet_number)
