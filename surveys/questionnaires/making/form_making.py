"""Writing questions, with options and rows, from what a template, the library or another questionnaire holds.

What is to be asked comes as rows of the document (`AskedRow`): keys in it name nothing but one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.kernel import changes
from municipalities.rows.keys import new_key
from surveys.choices import QuestionType
from surveys.models import MatrixRow, Option, Question
from surveys.questionnaires.making import form_fixing
from surveys.questionnaires.making.questionnaire_document import ASKED, MATRIX_ROWS, OPTIONS
from surveys.questionnaires.shape import question_places
from surveys.questionnaires.shape.form_shape import END
from surveys.questionnaires.shape.option_lines import OptionLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from municipalities.models import User
    from surveys.models import Questionnaire

    Asking = dict[str, Any]

MOST_QUESTIONS = 300
TOO_MANY = (
    f"一つの調査票の設問と見出しは、合わせて{MOST_QUESTIONS}件までです。分けて作ってください。"
)


def dumped(questions: Iterable[Question]) -> list[Asking]:
    """Return stored questions as rows of the document. `options` and `rows` are at hand, or read for each."""
    return [
        ASKED.dump_row(question)
        | {
            "options": [OPTIONS.dump_row(one) for one in question.options.all()],
            "matrix_rows": [MATRIX_ROWS.dump_row(one) for one in question.rows.all()],
        }
        for question in questions
    ]


def blank(question: Question) -> Asking:
    """Return a question that is not stored yet as a row of the document, without options."""
    values = {name: changes.plain(getattr(question, name)) for name in ASKED.fields[1:]}
    return values | {"key": "new", "options": [], "matrix_rows": []}


def of_lines(lines: Iterable[OptionLine], field: str) -> list[Asking]:
    """Return options or rows that were typed as rows of the document."""
    names = ("label",) if field == "rows" else tuple(OptionLine.__dataclass_fields__)
    return [{name: getattr(one, name) for name in names} | {"skip_to": ""} for one in lines]


def insert(
    questionnaire: Questionnaire, asking: Sequence[Asking], *, after: str, by: User
) -> list[Question]:
    """Write questions behind the one with the key `after`, or at the end; return them.

    Raises ValidationError where there would be too many, FormIsFixed where it was asked meanwhile.
    """
    with transaction.atomic():
        form_fixing.hold(questionnaire)
        stored = list(questionnaire.questions.all())
        if len(stored) + len(asking) > MOST_QUESTIONS:
            raise ValidationError(TOO_MANY)
        keys = [one.key for one in stored]
        at = keys.index(after) + 1 if after in keys else len(stored)
        places = _places(stored, at, len(asking), by=by)
        known = {key: key for key in (*keys, END)}
        known |= {one["key"]: new_key(_word(one)) for one in asking}
        return _write(questionnaire, asking, places, known, by=by)


def take_over(questionnaire: Questionnaire, asking: Sequence[Asking], *, by: User) -> None:
    """Write the questions of an empty questionnaire under the keys that they have, and fix it."""
    places = question_places.renewed(len(asking))
    with transaction.atomic():
        _write(questionnaire, asking, places, kept_keys(asking), by=by)
        form_fixing.fix(questionnaire, by=by)


def _places(stored: list[Question], at: int, count: int, *, by: User) -> list[int]:
    """Return free places behind the first `at` questions, making room where there is none."""
    places = question_places.places_after([one.position for one in stored], at, count)
    if places is not None:
        return places
    renewed = question_places.renewed(len(stored) + count)
    for one, place in zip(stored, renewed[:at] + renewed[at + count :], strict=True):
        one.position = place
        changes.save_versioned(
            one, by=by, expected_version=one.version, fields=("position",), deed="move"
        )
    return renewed[at : at + count]


def made(
    questionnaire: Questionnaire,
    asking: Sequence[Asking],
    places: Sequence[int],
    keys: dict[str, str],
) -> tuple[list[Question], list[Option], list[MatrixRow]]:
    """Return rows that are not stored yet. Raises ValidationError where a column would not take a value.

    `keys` say under which key each question is written, and which a skip may lead to as well.
    """
    questions: list[Question] = []
    options: list[Option] = []
    rows: list[MatrixRow] = []
    for one, place in zip(asking, places, strict=True):
        question = Question(questionnaire=questionnaire, key=keys[one["key"]])
        linked = {"position": place, "beside_key": keys.get(one["beside_key"], "")}
        ASKED.assign(question, one | linked, None)
        questions.append(question)
        options += [_option(question, each, at, keys) for at, each in enumerate(one["options"], 1)]
        rows += [_row(question, each, at) for at, each in enumerate(one["matrix_rows"], 1)]
    for row in (*questions, *options, *rows):
        row.clean_fields(exclude={"questionnaire", "question", "municipality", "updated_by"})
    return questions, options, rows


def _write(
    questionnaire: Questionnaire,
    asking: Sequence[Asking],
    places: Sequence[int],
    keys: dict[str, str],
    *,
    by: User,
) -> list[Question]:
    """Write new rows. Raises as `made`."""
    together = made(questionnaire, asking, places, keys)
    for rows in together:
        _tie(rows)
        changes.create_together(rows, by=by, deed="create", fiscal_year=0)
    return together[0]


def kept_keys(asking: Iterable[Asking]) -> dict[str, str]:
    """Return the keys under which questions stay what they are."""
    return {key: key for key in (*(one["key"] for one in asking), END)}


def _tie(rows: Sequence[Any]) -> None:
    """Tell options and rows the number of their question, which has one only now."""
    for row in rows:
        if isinstance(row, Option | MatrixRow):
            row.question = row.question


def _word(one: Asking) -> str:
    return "heading" if one["kind"] == QuestionType.SECTION else "asked"


def _option(question: Question, values: Asking, at: int, keys: dict[str, str]) -> Option:
    option = Option(question=question, key=new_key("option"))
    linked = {"position": at, "skip_to": keys.get(values["skip_to"], "")}
    OPTIONS.assign(option, values | linked, None)
    return option


def _row(question: Question, values: Asking, at: int) -> MatrixRow:
    row = MatrixRow(question=question, key=new_key("row"))
    MATRIX_ROWS.assign(row, values | {"position": at}, None)
    return row
