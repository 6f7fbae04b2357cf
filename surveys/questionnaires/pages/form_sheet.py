"""A questionnaire as the page of its maker shows it: every question with its number, options and troubles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.choices import QuestionType
from surveys.questionnaires.asked import option_table
from surveys.questionnaires.making import prefecture_forms
from surveys.questionnaires.shape import (
    asked_inputs,
    form_checks,
    form_shape,
    furigana,
    option_lines,
    readings,
)

if TYPE_CHECKING:
    from surveys.models import Question, Questionnaire
    from surveys.questionnaires.shape.form_shape import Asked, Form


@dataclass(frozen=True)
class Entry:
    """A question or heading. `options` and `rows` are as they are typed; `ways` tells its skips."""

    row: Question
    asked: Asked | None
    options: tuple[str, ...]
    rows: tuple[str, ...]
    ways: tuple[str, ...]
    troubles: tuple[str, ...]

    @property
    def has_lists(self) -> bool:
        return self.row.kind in form_shape.WITH_OPTIONS

    @property
    def may_lead_on(self) -> bool:
        return self.row.kind in form_shape.LEADING


@dataclass(frozen=True)
class Sheet:
    questionnaire: Questionnaire
    form: Form
    entries: tuple[Entry, ...]
    troubles: tuple[form_checks.Trouble, ...]

    @property
    def count(self) -> int:
        return len(self.form.questions)

    @property
    def has_readings(self) -> bool:
        return readings.has_any(self.form)

    @property
    def is_of_prefecture(self) -> bool:
        return prefecture_forms.is_of_prefecture(self.questionnaire.key)


def of(questionnaire: Questionnaire) -> Sheet:
    """Read a questionnaire in three queries, however long it is."""
    questions = list(questionnaire.questions.prefetch_related("options", "rows"))
    form = form_shape.of_rows(questionnaire, questions)
    troubles = tuple(form_checks.troubles(form))
    by_key = {asked.key: asked for asked in form.questions}
    said: dict[str, list[str]] = {}
    for trouble in troubles:
        said.setdefault(trouble.key, []).append(trouble.sentence)
    entries = (
        _entry(form, row, by_key.get(row.key), tuple(said.get(row.key, ()))) for row in questions
    )
    return Sheet(questionnaire, form, tuple(entries), troubles)


def _entry(form: Form, row: Question, asked: Asked | None, troubles: tuple[str, ...]) -> Entry:
    lines = [
        option_lines.written_line(one) for one in option_table.lines_of(list(row.options.all()))
    ]
    return Entry(
        row=row,
        asked=asked,
        options=tuple(lines),
        rows=tuple(one.label for one in asked.rows) if asked else (),
        ways=tuple(_ways(form, asked)) if asked else (),
        troubles=troubles,
    )


def _ways(form: Form, asked: Asked) -> list[str]:
    return [
        f"「{option.label}」→{where}"
        for option in asked.options
        if (where := asked_inputs.leads_to(form, option))
    ]


def places_behind(questions: list[Question], key: str) -> list[tuple[str, str]]:
    """Return the questions and headings further down than the one with this key, in words."""
    found: list[tuple[str, str]] = []
    number, is_behind = 0, False
    for one in questions:
        is_heading = one.kind == QuestionType.SECTION
        number += not is_heading
        if is_behind:
            text = furigana.plain(one.text)
            name = f"見出し「{text[:60]}」へ" if is_heading else f"問{number}「{text[:30]}」へ"
            found.append((one.key, name))
        is_behind = is_behind or one.key == key
    return found
