"""自由記述: what respondents of a round wrote, searched, by profession where that tells of nobody."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from councils.choices import Profession
from surveys.answers import personal
from surveys.choices import QuestionType
from surveys.models import Answer
from surveys.questionnaires.shape import form_shape
from surveys.questionnaires.shape.furigana import plain
from surveys.tabulation.counting.tables import SMALL

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from surveys.models import SurveyRound

HIDDEN = "職種は示しません"


@dataclass(frozen=True, slots=True)
class Sought:
    """What of the texts is looked for; empty: all of it."""

    words: str = ""
    question: str = ""
    profession: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text without whose it is. `signs`: what of it looks like somebody's name or number."""

    pk: int
    question: str
    option: str
    text: str
    profession: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a round. `questions`: those that take texts, by key; `professions`: those that may be told."""

    row: SurveyRound
    questions: dict[str, str]
    professions: dict[str, str]

    def found(self, sought: Sought) -> QuerySet[Answer]:
        """Return the texts that fit, in the order of the questions; their numbers are random."""
        rows = _written(self.row).order_by("question__position", "question_id", "pk")
        for word in sought.words.split():
            folded = unicodedata.normalize("NFKC", word)
            rows = rows.filter(Q(text__icontains=word) | Q(text__icontains=folded))
        if sought.question in self.questions:
            rows = rows.filter(question__key=sought.question)
        if sought.profession in self.professions:
            rows = rows.filter(response__profession=sought.profession)
        return rows.select_related("response", "question", "option")

    def told(self, answer: Answer) -> Text:
        return Text(
            answer.pk,
            self.questions.get(answer.question.key, plain(answer.question.text)),
            _beside(answer),
            answer.text,
            self.professions.get(answer.response.profession, ""),
            tuple(personal.signs_of(answer.text)),
        )


def of(row: SurveyRound) -> Texts:
    """Return the texts of a round that count, and by what they may be parted."""
    asked = form_shape.read(row.questionnaire).questions
    with_text = set(_written(row).order_by().values_list("question__key", flat=True).distinct())
    questions = {one.key: f"{one.label} {plain(one.text)}" for one in asked if one.key in with_text}
    return Texts(row, questions, professions_of(row))


def _beside(answer: Answer) -> str:
    """Return beside what it was written: an option, or 「その他」 of the professions."""
    if answer.question.kind == QuestionType.PROFESSION:
        return str(Profession.OTHER.label)
    return plain(answer.option.label) if answer.option else ""


def professions_of(row: SurveyRound) -> dict[str, str]:
    """Return the professions of which so many have answered that a text is not one person's, by code."""
    counts = dict(
        row.responses.counted().order_by().values_list("profession").annotate(n=Count("pk"))
    )
    return {
        one.value: one.label
        for one in Profession
        if one != Profession.UNSTATED and counts.get(one.value, 0) >= SMALL
    }


def _written(row: SurveyRound) -> QuerySet[Answer]:
    return Answer.objects.of(row).counted().exclude(text="")
