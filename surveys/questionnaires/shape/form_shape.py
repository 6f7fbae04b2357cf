"""The shape of a questionnaire as it is asked, printed and counted; pure but for `read`.

A heading opens a page; questions before the first heading stand on a page without one. Texts keep the
furigana notation of `surveys/questionnaires/shape/furigana.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from surveys.choices import QuestionType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from decimal import Decimal

    from surveys.models import MatrixRow, Option, Question, Questionnaire

# Where a skip goes that leads behind the last question.
END = "end"
# Whose options are chosen one at a time, so that one of them may say where to go on.
ONE_OF = (QuestionType.SINGLE, QuestionType.SCALE)
# Which may lead on to another question.
LEADING = (*ONE_OF, QuestionType.MULTIPLE)
# Which have options of their own.
WITH_OPTIONS = (*LEADING, QuestionType.MATRIX)


@dataclass(frozen=True)
class Choice:
    """An option, or a column of a matrix (`is_extra`: ticked by itself beside the scale)."""

    key: str
    label: str
    is_exclusive: bool = False
    takes_text: bool = False
    is_extra: bool = False
    points: int | None = None
    skip_to: str = ""


@dataclass(frozen=True)
class Row:
    key: str
    label: str


@dataclass(frozen=True)
class Asked:
    """A question with its number as people read it: 1 for 「問1」. Headings are pages, no questions."""

    key: str
    number: int
    kind: str
    text: str
    help: str = ""
    is_required: bool = False
    most: int | None = None
    scale: str = ""
    smallest: Decimal | None = None
    largest: Decimal | None = None
    unit: str = ""
    earlier_key: str = ""
    earlier_change: str = ""
    beside_key: str = ""
    options: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def label(self) -> str:
        return f"問{self.number}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The options, of a matrix the columns of its scale: one may be chosen in each row."""
        return tuple(option for option in self.options if not option.is_extra)

    @property
    def ticks(self) -> tuple[Choice, ...]:
        """The columns of a matrix that are ticked by themselves."""
        return tuple(option for option in self.options if option.is_extra)

    @property
    def leads_on(self) -> bool:
        """Say whether an answer may lead past the next question."""
        return self.kind in LEADING and any(option.skip_to for option in self.options)


@dataclass(frozen=True)
class Page:
    """A part of a questionnaire: its heading, which a skip may lead to, and its questions."""

    key: str
    heading: str
    help: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Form:
    key: str
    title: str
    target: str
    opening: str
    closing: str
    pages: tuple[Page, ...]

    @property
    def questions(self) -> tuple[Asked, ...]:
        return tuple(chain.from_iterable(page.questions for page in self.pages))

    def places(self) -> dict[str, int]:
        """Return at which of `questions` each question or heading stands; `end` behind the last."""
        found: dict[str, int] = {}
        count = 0
        for page in self.pages:
            if page.key:
                found[page.key] = count
            for question in page.questions:
                found[question.key] = count
                count += 1
        return found | {END: count}


def path(form: Form, answers: Mapping[str, Collection[str]]) -> tuple[Asked, ...]:
    """Return the questions that are asked of someone who ticked these options (keys, by question)."""
    places, questions = form.places(), form.questions
    found: list[Asked] = []
    at = 0
    while at < len(questions):
        asked = questions[at]
        found.append(asked)
        at = places.get(_leads_to(asked, answers.get(asked.key, ()), places, at), at + 1)
    return tuple(found)


def _leads_to(asked: Asked, ticked: Collection[str], places: Mapping[str, int], at: int) -> str:
    """Return to what the first ticked option that leads on leads; empty: to the next question.

    What leads backwards or to nothing leads nowhere: a questionnaire has an end for everybody.
    """
    if asked.kind in LEADING:
        for option in asked.options:
            if option.key in ticked and places.get(option.skip_to, 0) > at:
                return option.skip_to
    return ""


def read(questionnaire: Questionnaire) -> Form:
    """Return the shape of a stored questionnaire, in three queries."""
    rows = questionnaire.questions.prefetch_related("options", "rows")
    return of_rows(questionnaire, rows)


def of_rows(questionnaire: Questionnaire, questions: Iterable[Question]) -> Form:
    """Return the shape of a questionnaire whose questions, with options and rows, are at hand."""
    return Form(
        key=questionnaire.key,
        title=str(questionnaire),
        target=questionnaire.target,
        opening=questionnaire.opening,
        closing=questionnaire.closing,
        pages=tuple(_pages(questions)),
    )


def _pages(questions: Iterable[Question]) -> Iterator[Page]:
    key = heading = explained = ""
    inside: list[Asked] = []
    number = 0
    for row in questions:
        if row.kind == QuestionType.SECTION:
            if key or inside:
                yield Page(key, heading, explained, tuple(inside))
            key, heading, explained, inside = row.key, row.text, row.help, []
        else:
            number += 1
            inside.append(_asked(row, number))
    if key or inside:
        yield Page(key, heading, explained, tuple(inside))


def _asked(row: Question, number: int) -> Asked:
    return Asked(
        key=row.key,
        number=number,
        kind=row.kind,
        text=row.text,
        help=row.help,
        is_required=row.is_required,
        most=row.most,
        scale=row.scale,
        smallest=row.smallest,
        largest=row.largest,
        unit=row.unit,
        earlier_key=row.earlier_key,
        earlier_change=row.earlier_change,
        beside_key=row.beside_key,
        options=tuple(_choice(option) for option in row.options.all()),
        rows=tuple(_row(line) for line in row.rows.all()),
    )


def _choice(option: Option) -> Choice:
    return Choice(
        key=option.key,
        label=option.label,
        is_exclusive=option.is_exclusive,
        takes_text=option.takes_text,
        is_extra=option.is_extra,
        points=option.points,
        skip_to=option.skip_to,
    )


def _row(line: MatrixRow) -> Row:
    return Row(key=line.key, label=line.label)
