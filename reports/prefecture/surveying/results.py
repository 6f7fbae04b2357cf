"""The results that towns have shared, side by side: read from the shared copies alone, never added up.

A sum over the towns would give hidden counts away, where it is known in another way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys.models import SharedResult
from surveys.questionnaires.making import prefecture_forms
from surveys.results import percentages
from surveys.tabulation.keeping import registering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from municipalities.access import Scope
    from municipalities.models import Municipality
    from surveys.models import PrefectureForm
    from surveys.tabulation.counting.tables import Table

HIDDEN = "x"
LEGEND = "x：数が少ないため、市町村が共有した写しに載っていません"


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer in one town: both empty where the town has no such answer."""

    count: int | None = None
    percent: Decimal | None = None
    is_hidden: bool = False

    @property
    def text(self) -> str:
        if self.is_hidden:
            return HIDDEN
        return "－" if self.percent is None else f"{self.percent}％"


@dataclass(frozen=True, slots=True)
class Line:
    """One town's answers to one question; `n` is None where it is hidden."""

    municipality: Municipality
    n: int | None
    cells: tuple[Cell, ...]
    when: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One table of the questionnaire with a line for each town that shares it."""

    number: str
    title: str
    is_single: bool
    labels: tuple[str, ...]
    lines: tuple[Line, ...]


def shared_of(form: PrefectureForm, scope: Scope) -> list[tuple[Municipality, Any]]:
    """Return what each town shares today that is shown here, by code, in one query."""
    rows = (
        SharedResult.objects.live()
        .filter(form=form.key, municipality__prefecture=scope.prefecture)
        .select_related("municipality")
        .order_by("municipality__code")
    )
    return [
        (row.municipality, json.loads(bytes(row.content))["published_surveys"][0])
        for row in rows
        if scope.covers(row.municipality.code)
    ]


def tables_of(form: PrefectureForm, shared: Sequence[tuple[Municipality, Any]]) -> list[Table]:
    """Return the tables of a questionnaire that have answers to count, or that a town shares."""
    told = {question["number"] for _, survey in shared for question in survey["questions"]}
    found = registering.tables_of(prefecture_forms.shape_of(form))
    return [one for one in found if one.lines or one.number in told]


def shown(table: Table, shared: Sequence[tuple[Municipality, Any]]) -> Shown:
    """Return one table with the lines of the towns."""
    told = [
        (place, survey, question)
        for place, survey in shared
        for question in survey["questions"]
        if question["number"] == table.number
    ]
    labels = tuple(dict.fromkeys(_labels(table, (question for _, _, question in told))))
    lines = tuple(
        Line(place, question["respondents"], tuple(_cells(question, labels)), survey["when"])
        for place, survey, question in told
    )
    return Shown(table.number, table.title, table.is_single, labels, lines)


def _labels(table: Table, questions: Iterable[Any]) -> Iterator[str]:
    yield from (line.label for line in table.lines)
    for question in questions:
        yield from (answer["label"] for answer in question["answers"])


def _cells(question: Any, labels: Sequence[str]) -> Iterator[Cell]:
    answers = {answer["label"]: answer for answer in question["answers"]}
    for label in labels:
        answer = answers.get(label)
        if answer is None:
            yield Cell()
        elif answer.get("is_suppressed"):
            yield Cell(is_hidden=True)
        else:
            yield _cell(answer["count"], question["respondents"])


def _cell(count: int | None, n: int | None) -> Cell:
    percent = None if count is None or not n else percentages.share(count, n)
    return Cell(count, percent)
