"""Taking in the answers of a file: all of them in one short transaction, or none; the same rows once.

A row is known by what it answers, not by the file that it stood in: opened and saved again, sorted, or with new
rows below the old ones, a file holds the same rows.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from municipalities.kernel import changes
from surveys.answers import receiving
from surveys.answers.receiving import Arrival
from surveys.choices import ResponseWay
from surveys.models import Answer, Response, SurveyRound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from municipalities.models import User
    from surveys.answer_files.answer_file import Taken

AT_ONCE = 500
# Part of what is kept: another name, and rows taken in before would count as new.
SALT = "surveys.rounds.taking_in"
MOST_TOLD = 5
SHEET_TAKEN = "紙の番号{}は、すでに登録されています。番号を確かめてください。"
TOO_MANY = f"一つの調査の回答は{receiving.MOST_RESPONSES:,}件までです。"
NOTHING_NEW = "新しい行がないため、何も取り込んでいません。"


class Same(StrEnum):
    """What is done with rows that answer as rows of an earlier file do."""

    ASK = ""
    SKIP = "skip"
    ADD = "add"


class SeenBefore(ValidationError):
    """Rows were taken in before: the owner has to say whether they are the same answers."""

    def __init__(self, again: int, count: int) -> None:
        self.again, self.count = again, count
        super().__init__(
            f"このファイルの{count:,}件のうち{again:,}件は、前に取り込んだ回答と同じ内容です。まだ何も取り込んでいません。"
            "同じファイルなら「同じ内容の行を除いて取り込む」を、たまたま同じ答えの別の人の回答なら"
            "「別の人の回答として、すべて取り込む」を選んで、もう一度「取り込む」を押してください。"
        )


@dataclass(frozen=True)
class Batch:
    """The rows of a file, each with the mark of what it answers."""

    taken: Sequence[Taken]
    marks: tuple[str, ...]

    @classmethod
    def of(cls, taken: Sequence[Taken]) -> Batch:
        return cls(taken, tuple(mark_of(one) for one in taken))


def mark_of(one: Taken) -> str:
    """Return by what a row is known again; keyed, since a respondent's own code is part of it."""
    given = {
        key: [
            part.ticked,
            sorted(part.beside.items()),
            part.cells,
            "" if part.number is None else str(part.number.normalize()),
            part.text,
        ]
        for key, part in one.filled.given.items()
        if not part.is_empty
    }
    told = json.dumps(given, ensure_ascii=False, sort_keys=True)
    return salted_hmac(SALT, told, algorithm="sha256").hexdigest()[:20]


def take_in(row: SurveyRound, taken: Sequence[Taken], *, same: Same, by: User) -> int:
    """Write every response of a table without refused cells; return how many.

    Raises ValidationError, having written nothing, SeenBefore where it has to be said what `same` rows are.
    """
    rows, batch = receiving.rows_of(row.questionnaire_id), Batch.of(taken)
    with transaction.atomic():
        SurveyRound.objects.hold(row).refuse_paper()
        refuse_sheets(row, taken)
        arrivals = arrivals_of(batch, stored_marks(row), same=same)
        refuse_many(row, len(arrivals))
        responses, answers = [], []
        for one, arrival in arrivals:
            response = receiving.response_of(row, one.filled, arrival)
            responses.append(response)
            answers += receiving.answers_of(response, one.filled, rows)
        Response.objects.bulk_create(responses, batch_size=AT_ONCE)
        Answer.objects.bulk_create(answers, batch_size=AT_ONCE)
        told = {"rows": len(responses)}
        changes.record(row, by=by, deed="take_in", before={}, after=told, version=row.version)
    return len(responses)


def again(row: SurveyRound, taken: Sequence[Taken]) -> int:
    """Return how many rows answer as rows of an earlier file do."""
    marks = Counter(mark_of(one) for one in taken if not one.sheet_number)
    return (marks & stored_marks(row)).total()


def stored_marks(row: SurveyRound) -> Counter[str]:
    """Return how often each mark came in a file before."""
    found = Response.objects.filter(round=row, submission__startswith="row:")
    return Counter(one.split(":")[1] for one in found.values_list("submission", flat=True))


def arrivals_of(batch: Batch, stored: Counter[str], *, same: Same) -> list[tuple[Taken, Arrival]]:
    """Return which rows are written. A sheet with a number is that sheet, whether keyed in or in a file.

    Within one file two rows may answer alike: only as many as came before count as the same.
    """
    seen: Counter[str] = Counter()
    found, again = [], 0
    for one, mark in zip(batch.taken, batch.marks, strict=True):
        if one.sheet_number:
            found.append((one, arrival_of(one, f"sheet:{one.sheet_number}")))
            continue
        seen[mark] += 1
        is_again = seen[mark] <= stored[mark]
        again += is_again
        if same == Same.ADD or not is_again:
            number = seen[mark] + (stored[mark] if same == Same.ADD else 0)
            found.append((one, arrival_of(one, f"row:{mark}:{number}")))
    if again and same == Same.ASK:
        raise SeenBefore(again, len(batch.taken))
    if not found:
        raise ValidationError(NOTHING_NEW)
    return found


def arrival_of(one: Taken, submission: str) -> Arrival:
    return Arrival(ResponseWay.FILE, submission, sheet_number=one.sheet_number)


def refuse_sheets(row: SurveyRound, taken: Sequence[Taken]) -> None:
    """Raise ValidationError with the numbers of sheets that are there already."""
    numbers = {one.sheet_number for one in taken if one.sheet_number}
    stored = Response.objects.filter(round=row).filter(~Q(sheet_number=""))
    if known := sorted(numbers & set(stored.values_list("sheet_number", flat=True))):
        more = "など" if len(known) > MOST_TOLD else ""
        told = "".join(f"「{number}」" for number in known[:MOST_TOLD])
        raise ValidationError(SHEET_TAKEN.format(told + more))


def refuse_many(row: SurveyRound, count: int) -> None:
    """Raise ValidationError where more came than any town asks; what was left out does not count."""
    if Response.objects.filter(round=row).counted().count() + count > receiving.MOST_RESPONSES:
        raise ValidationError(TOO_MANY)
