"""What the number of those who were asked a question tells of a hidden answer before it; pure.

Where an answer leads past a question, whoever was asked it gave one of the others. If some hidden answers led on
and others did not, that number parts them: the question that tells of it stays in the house, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surveys.questionnaires.shape.furigana import plain

if TYPE_CHECKING:
    from surveys.questionnaires.shape.form_shape import Asked, Form

    Row = dict[str, Any]


def without_telling(form: Form, survey: Row) -> Row:
    """Return a shared survey without the questions that would part the hidden answers of another one."""
    hidden = {one["number"]: _hidden(one) for one in survey["questions"]}
    places = form.places()
    telling = {
        asked.label
        for leading in form.questions
        if leading.leads_on
        for asked in form.questions
        if _parts(leading, asked, places, hidden.get(leading.label, frozenset()))
    }
    questions = [
        _closed(one) if _of_question(one["number"]) in telling else one
        for one in survey["questions"]
    ]
    return survey | {"questions": questions}


def _hidden(question: Row) -> frozenset[str]:
    return frozenset(one["label"] for one in question["answers"] if one.get("is_suppressed"))


def _of_question(number: str) -> str:
    """「問6-1」 is a table of 問6."""
    return number.partition("-")[0]


def _parts(leading: Asked, asked: Asked, places: dict[str, int], hidden: frozenset[str]) -> bool:
    """Say whether some hidden answers of `leading` lead past `asked` and others do not."""
    here = places[asked.key]
    if here <= places[leading.key]:
        return False
    past = {
        plain(option.label)
        for option in leading.options
        if option.skip_to and places.get(option.skip_to, 0) > here
    }
    return bool(hidden & past) and bool(hidden - past)


def _closed(question: Row) -> Row:
    answers = [
        one | {"count": None, "percent": None, "is_suppressed": True} for one in question["answers"]
    ]
    return question | {"respondents": None, "answers": answers}
