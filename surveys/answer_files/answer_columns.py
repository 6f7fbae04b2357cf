"""列の読み方: which question a column of a file is, as somebody has said on the screen; remembered for the questionnaire."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from surveys.answer_files import answer_file, cells
from surveys.choices import QuestionType
from surveys.models import AnswerColumn
from surveys.questionnaires.shape import furigana

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from surveys.models import Questionnaire
    from surveys.questionnaires.shape.form_shape import Form

NOT_READ = AnswerColumn.NOT_READ
MOST_COLUMNS, LONGEST = 200, 300
NOT_DECIDED = ""


@dataclass(frozen=True)
class Choice:
    """What a column may be read as: `value` is field and option in one word."""

    value: str
    label: str


def choices(form: Form) -> list[Choice]:
    """Return everything that a column may be, in the order of the questionnaire."""
    return [
        Choice(NOT_READ, "読み取らない"),
        Choice("sheet", answer_file.SHEET),
        *(Choice(value, label) for value, label in _of_form(form)),
    ]


def _of_form(form: Form) -> Iterator[tuple[str, str]]:
    for heading, name, _, _ in answer_file.headings(form):
        yield name, heading
    for asked in form.questions:
        if asked.kind == QuestionType.MULTIPLE:
            for number, option in enumerate(asked.options, 1):
                label = furigana.plain(option.label)
                yield f"q{asked.number}:{number}", f"{asked.label}-{number} {label}（1か0）"


def remembered(questionnaire: Questionnaire) -> dict[str, tuple[str, str]]:
    """Return how columns are read, by the mark of their heading."""
    rows = AnswerColumn.objects.filter(questionnaire=questionnaire)
    return {row.mark: (row.name, row.tick) for row in rows}


def mark_of(heading: str) -> str:
    return hashlib.sha256(cells.plain(heading).encode()).hexdigest()


def targets(
    form: Form, line: Sequence[str], known: Mapping[str, tuple[str, str]]
) -> dict[str, answer_file.Target | None]:
    """Return for the headings of a line what has been said of them; None: not to be read."""
    fields = {name: (name, asked, "") for _, name, asked, _ in answer_file.headings(form)}
    found: dict[str, answer_file.Target | None] = {}
    for heading in line:
        name, tick = known.get(mark_of(heading), (NOT_DECIDED, ""))
        if name == NOT_READ:
            found[heading] = None
        elif name == "sheet":
            found[heading] = ("sheet", None, "")
        elif name in fields:
            found[heading] = (name, fields[name][1], tick)
    return found


def remember(questionnaire: Questionnaire, form: Form, said: Sequence[tuple[str, str]]) -> int:
    """Write for headings what they are read as; what is not offered, or empty, is forgotten. Return how many stand."""
    offered = {one.value for one in choices(form)}
    count = 0
    with transaction.atomic():
        for heading, value in said[:MOST_COLUMNS]:
            rows = AnswerColumn.objects.filter(questionnaire=questionnaire, mark=mark_of(heading))
            if value not in offered or not cells.plain(heading):
                rows.delete()
                continue
            name, _, tick = value.partition(":")
            AnswerColumn.objects.update_or_create(
                questionnaire=questionnaire,
                mark=mark_of(heading),
                defaults={"heading": heading[:LONGEST], "name": name, "tick": tick},
            )
            count += 1
    return count


def value_of(column: AnswerColumn) -> str:
    return f"{column.name}:{column.tick}" if column.tick else column.name
