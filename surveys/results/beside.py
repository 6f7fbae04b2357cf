"""Two questions of one survey with the same options, side by side: 「連携したことがある」 and 「連携してみたい」.

They are different questions, so nothing is tested; the picture and the table say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.models import PublishedQuestion
from surveys.results.over_years import same

if TYPE_CHECKING:
    from surveys.results.percentages import Line
    from surveys.results.result_sheet import QuestionSheet

LABEL_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Pair:
    """An option of both questions with its line in each."""

    label: str
    this: Line
    other: Line


@dataclass(frozen=True, slots=True)
class Beside:
    """`left` and `right` are labels of options of one question alone."""

    this: QuestionSheet
    other: QuestionSheet
    pairs: tuple[Pair, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


def choices_of(question: PublishedQuestion) -> list[tuple[str, str]]:
    """Return the other questions of its survey by key."""
    if question.survey_id is None:
        return []
    others = PublishedQuestion.objects.filter(survey_id=question.survey_id).exclude(pk=question.pk)
    return [(one.key, str(one)[:LABEL_LENGTH]) for one in others]


def of(this: QuestionSheet, other: QuestionSheet | None) -> Beside | None:
    """Lay two questions side by side by their options; None where the other one is gone."""
    if other is None or other is this:
        return None
    found = {same(line.label): line for line in other.table.lines}
    own = {same(line.label) for line in this.table.lines}
    pairs = tuple(
        Pair(line.label, line, found[same(line.label)])
        for line in this.table.lines
        if same(line.label) in found
    )
    return Beside(
        this,
        other,
        pairs,
        tuple(line.label for line in this.table.lines if same(line.label) not in found),
        tuple(line.label for key, line in found.items() if key not in own),
    )
