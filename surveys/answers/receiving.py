"""Writing one response, whichever way it came: no address, no invitee, no exact time, and nobody's order.

Rows get random numbers: whoever reads the tables cannot tell from them which answer came before which, so
they do not join with the codes that were spent meanwhile (docs/adr/0040).
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from councils.choices import Profession
from municipalities.rows.keys import new_key
from surveys.answers import pairing
from surveys.choices import QuestionType, ResponseWay
from surveys.models import Answer, MatrixRow, Option, Question, Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.answers.filling import Filled, Given
    from surveys.models import SurveyRound
    from surveys.questionnaires.shape.form_shape import Asked

# Leaves as many numbers again for rows that count up from the largest.
RANDOM_BITS = 62
# More than any town asks.
MOST_RESPONSES = 20_000


@dataclass(frozen=True)
class Rows:
    """The rows of a questionnaire by key, as answers point at them."""

    questions: dict[str, int]
    options: dict[str, int]
    matrix_rows: dict[str, int]


def rows_of(questionnaire_pk: int) -> Rows:
    """Read the numbers of a questionnaire's rows: three queries, however many responses follow."""
    inside = {"question__questionnaire": questionnaire_pk}
    return Rows(
        dict(Question.objects.filter(questionnaire=questionnaire_pk).values_list("key", "pk")),
        dict(Option.objects.filter(**inside).values_list("key", "pk")),
        dict(MatrixRow.objects.filter(**inside).values_list("key", "pk")),
    )


@dataclass(frozen=True)
class Arrival:
    """How a response came. `remark` is told to the owner; `sheet_number` is of paper."""

    way: ResponseWay
    submission: str
    remark: str = ""
    sheet_number: str = ""
    is_excluded: bool = False
    excluded_why: str = ""


def write(row: SurveyRound, filled: Filled, arrival: Arrival, *, rows: Rows) -> Response:
    """Insert a response with its answers. The caller holds the transaction.

    Raises IntegrityError where this submission was written already.
    """
    response = response_of(row, filled, arrival)
    response.save(force_insert=True)
    Answer.objects.bulk_create(answers_of(response, filled, rows))
    return response


def response_of(row: SurveyRound, filled: Filled, arrival: Arrival) -> Response:
    """Return the response itself, not yet written."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    written = {asked.kind: filled.given[asked.key].text for asked in filled.path}
    return Response(
        pk=secrets.randbits(RANDOM_BITS),
        key=new_key("response"),
        round=row,
        way=arrival.way,
        received_at=None if arrival.way == ResponseWay.INVITATION else hour,
        # Of an answer by code not even the day: the office has one beside its name.
        updated_at=day_of(hour) if arrival.way != ResponseWay.INVITATION else beginning_of(row),
        profession=written.get(QuestionType.PROFESSION) or Profession.UNSTATED,
        pair=pairing.pair_of(
            written.get(QuestionType.OWN_CODE, ""),
            municipality_code=row.cycle.municipality.code,
        ),
        submission=arrival.submission,
        sheet_number=arrival.sheet_number,
        remark=arrival.remark[:200],
        is_excluded=arrival.is_excluded,
        excluded_why=arrival.excluded_why,
    )


def day_of(moment: dt.datetime) -> dt.datetime:
    """Return the midnight of its day in Japan."""
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def beginning_of(row: SurveyRound) -> dt.datetime:
    """Return a moment that is the same for every answer of a round."""
    day = row.opens_on or dt.date(row.cycle.fiscal_year, 4, 1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def rewrite(response: Response, filled: Filled, *, rows: Rows) -> None:
    """Put other answers in the place of those of a response; number, hour and remarks stay.

    The caller holds the transaction.
    """
    arrival = Arrival(ResponseWay(response.way), response.submission)
    fresh = response_of(response.round, filled, arrival)
    response.profession, response.pair = fresh.profession, fresh.pair
    response.save(update_fields=["profession", "pair"])
    Answer.objects.filter(response=response).delete()
    Answer.objects.bulk_create(answers_of(response, filled, rows))


def answers_of(response: Response, filled: Filled, rows: Rows) -> list[Answer]:
    """Return the lines of a response, not yet written."""
    return [
        Answer(pk=secrets.randbits(RANDOM_BITS), response=response, **line)
        for asked in filled.path
        for line in lines_of(asked, filled.given[asked.key], rows)
    ]


def lines_of(asked: Asked, given: Given, rows: Rows) -> Iterator[dict]:
    """Yield the columns of each line. Profession and own code stand on the response, and nowhere else.

    Which profession 「その他」 is, is a text like others.
    """
    question = {"question_id": rows.questions[asked.key]}
    if asked.kind in {QuestionType.PROFESSION, QuestionType.OWN_CODE}:
        yield from (question | {"text": text} for text in given.beside.values())
        return
    for key in given.ticked:
        yield question | {"option_id": rows.options[key], "text": given.beside.get(key, "")}
    for row, column in given.cells:
        yield question | {"row_id": rows.matrix_rows[row], "option_id": rows.options[column]}
    if given.number is not None:
        yield question | {"number": given.number}
    if given.text:
        yield question | {"text": given.text}
