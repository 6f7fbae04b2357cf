"""前回の設問: which earlier question a question asks again. It is matched by hand; likeness of text only sorts the offer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from municipalities.japanese import fiscal
from surveys.models import PublishedAnswer, PublishedQuestion
from surveys.results import over_years, result_sheet

if TYPE_CHECKING:
    from surveys.results.over_years import Asked, Comparison

# So many times are shown side by side, and so many questions are looked through and offered.
MOST_TIMES, MOST_READ, MOST_OFFERED = 5, 1000, 20


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier question that may be the same; `value` names it in a form."""

    question: PublishedQuestion
    label: str

    @property
    def value(self) -> str:
        return named(self.question.cycle.fiscal_year, self.question.key)


def named(year: int, key: str) -> str:
    return f"{year}:{key}"


def value_of(question: PublishedQuestion) -> str:
    """Return what names the question chosen already, or nothing."""
    year, key = question.earlier_year, question.earlier_key
    return named(year, key) if year and key else ""


def offered(question: PublishedQuestion) -> list[Offer]:
    """Return the questions of other surveys up to this year, those worded most alike first, in one query."""
    rows = list(
        PublishedQuestion.objects.filter(cycle__fiscal_year__lte=question.cycle.fiscal_year)
        .select_related("survey", "cycle")
        .order_by("-cycle__fiscal_year", "position", "pk")[:MOST_READ]
    )
    known = {named(row.cycle.fiscal_year, row.key): row for row in rows}
    chosen = known.get(value_of(question))
    free = [
        row
        for row in rows
        if row.survey_id != question.survey_id and not leads_to(row, question, known)
    ]
    alike = sorted(free, key=lambda row: -over_years.likeness(row.text, question.text))
    kept = alike[:MOST_OFFERED]
    if chosen in alike and chosen not in kept:
        kept.append(chosen)
    return [Offer(row, label_of(row)) for row in kept]


def leads_to(
    row: PublishedQuestion, question: PublishedQuestion, known: dict[str, PublishedQuestion]
) -> bool:
    """Say whether a question asks again, over others, the given one."""
    seen: set[int] = set()
    one: PublishedQuestion | None = row
    while one and one.pk not in seen:
        seen.add(one.pk)
        one = known.get(value_of(one))
    return question.pk in seen


def label_of(row: PublishedQuestion) -> str:
    year = fiscal.label(row.cycle.fiscal_year)
    return f"{year}「{row.survey.title}」{row.number} {row.text}"


def chain(question: PublishedQuestion) -> list[PublishedQuestion]:
    """Return the question and those that it asks again, the oldest first, in a query for each."""
    found = [question]
    while len(found) < MOST_TIMES and (before := before_of(found[-1])):
        if before in found:
            break
        found.append(before)
    return found[::-1]


def before_of(question: PublishedQuestion) -> PublishedQuestion | None:
    year, key = question.earlier_year, question.earlier_key
    if not year or not key:
        return None
    rows = PublishedQuestion.objects.select_related("survey", "cycle")
    return rows.filter(cycle__fiscal_year=year, key=key).first()


def numbers_over_times(question: PublishedQuestion) -> list[PublishedQuestion]:
    """Return the times at which numbers were entered, the oldest first; nothing of a question with options."""
    if question.mean is None:
        return []
    return [one for one in chain(question) if one.mean is not None]


def comparison(question: PublishedQuestion) -> Comparison | None:
    """Return a question over its times; None where no earlier one is known."""
    times = chain(question)
    if len(times) == 1:
        return None
    answers = defaultdict(list)
    for row in PublishedAnswer.objects.filter(question__in=times):
        answers[row.question_id].append(row)
    return over_years.compared([asked(one, answers[one.pk]) for one in times])


def asked(question: PublishedQuestion, answers: list[PublishedAnswer]) -> Asked:
    survey = question.survey
    sheet = result_sheet.sheet_of(question, survey, answers)
    year = fiscal.label(question.cycle.fiscal_year)
    return over_years.Asked(
        year=year,
        name=f"{year}　{survey.title}",
        text=question.text,
        respondents=sheet.respondents,
        lines=sheet.table.lines,
        way=question.kind,
        target=survey.target,
        change=question.earlier_change,
    )
