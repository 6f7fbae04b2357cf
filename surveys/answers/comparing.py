"""Whether what is stored of a response is what was given now, question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surveys.answers import receiving
from surveys.answers.receiving import Arrival
from surveys.choices import QuestionType, ResponseWay

if TYPE_CHECKING:
    from surveys.answers.filling import Filled
    from surveys.models import Answer, Response
    from surveys.questionnaires.shape.form_shape import Form

# What of a response stands in a column of its own, by the kind of question that asks it.
COLUMNS = {
    QuestionType.PROFESSION: ("profession", "職種"),
    QuestionType.OWN_CODE: ("pair", "本人が決める番号"),
}


def differing(
    stored: Response, form: Form, filled: Filled, rows: receiving.Rows
) -> tuple[str, ...]:
    """Return 「問3」, … in the order of the questionnaire, where what is stored is not what was given now."""
    before = {_line(answer) for answer in stored.answers.all()}
    fresh = receiving.response_of(stored.round, filled, Arrival(ResponseWay.PAPER, ""))
    after = {_line(answer) for answer in receiving.answers_of(fresh, filled, rows)}
    numbers = {line[0] for line in before ^ after}
    named = {
        kind: f"（{word}）"
        for kind, (column, word) in COLUMNS.items()
        if getattr(stored, column) != getattr(fresh, column)
    }
    return tuple(
        one.label + named.get(QuestionType(one.kind), "")
        for one in form.questions
        if rows.questions[one.key] in numbers or one.kind in named
    )


def _line(answer: Answer) -> tuple:
    return (answer.question_id, answer.row_id, answer.option_id, answer.number, answer.text)
