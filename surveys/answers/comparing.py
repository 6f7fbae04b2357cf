"""Whether what is stored of a response is what was given now, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.answers import receiving
from surveys.answers.receiving import Arrival
from surveys.choices import ResponseWay

if TYPE_CHECKING:
    from surveys.answers.filling import Filled
    from surveys.models import Answer, Response
    from surveys.questionnaires.form_shape import Form


def differing(
    stored: Response, form: Form, filled: Filled, rows: receiving.Rows
) -> tuple[str, ...]:
    """Return 「問3」, … where what is stored is not what was given now."""
    names = {rows.questions[one.key]: one.label for one in form.questions}
    before = {_line(answer) for answer in stored.answers.all()}
    fresh = receiving.response_of(stored.round, filled, Arrival(ResponseWay.PAPER, ""))
    after = {_line(answer) for answer in receiving.answers_of(fresh, filled, rows)}
    numbers = {line[0] for line in before ^ after}
    found = [label for pk, label in names.items() if pk in numbers]
    for column, kind in (("profession", "職種"), ("pair", "本人が決める番号")):
        if getattr(stored, column) != getattr(fresh, column):
            found.append(kind)
    return tuple(found)


def _line(answer: Answer) -> tuple:
    return (answer.question_id, answer.row_id, answer.option_id, answer.number, answer.text)
