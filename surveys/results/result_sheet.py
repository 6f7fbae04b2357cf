"""A published survey as its page and its paper show it: each question with its table, charts and evidence."""

from collections import defaultdict
from dataclasses import dataclass, replace

from indicators.charts.structure import Chart
from surveys.choices import QuestionKind
from surveys.models import IssueEvidence, PublishedAnswer, PublishedQuestion, PublishedSurvey
from surveys.results import beside, percentages, pictures, share_value
from surveys.results.beside import Beside


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """One question. `rows`: each answer's row with its line of the table. `evidence`: links to issues.

    `values`: measurements that a share of this question has become.
    """

    question: PublishedQuestion
    respondents: int | None
    rows: tuple[tuple[PublishedAnswer, percentages.Line], ...]
    table: percentages.Table
    chart: Chart | None
    scale: Chart | None = None
    evidence: tuple[IssueEvidence, ...] = ()
    beside: Beside | None = None
    values: tuple = ()

    @property
    def is_of_nobody(self):
        """Say whether everybody left the question out: there is nothing to draw."""
        left_out = [line.count for line in self.table.lines if line.label == percentages.NO_ANSWER]
        return bool(left_out) and left_out[0] is not None and left_out[0] == self.respondents

    @property
    def beside_chart(self):
        return pictures.side_by_side(self.beside) if self.beside else None


@dataclass(frozen=True, slots=True)
class SurveySheet:
    survey: PublishedSurvey
    questions: tuple[QuestionSheet, ...]


def of(survey):
    """Return a survey with everything below it, in four queries."""
    questions = list(PublishedQuestion.objects.filter(survey=survey))
    answers, evidence = defaultdict(list), defaultdict(list)
    for answer in PublishedAnswer.objects.filter(question__survey=survey):
        answers[answer.question_id].append(answer)
    for link in IssueEvidence.objects.filter(question__survey=survey).select_related("issue"):
        evidence[link.question_id].append(link)
    values = share_value.taken_from(survey, questions)
    sheets = {
        one.key: replace(
            sheet_of(one, survey, answers[one.pk]),
            evidence=tuple(evidence[one.pk]),
            values=tuple(values[one.pk]),
        )
        for one in questions
    }
    joined = (
        replace(one, beside=beside.of(one, sheets.get(one.question.beside_key)))
        for one in sheets.values()
    )
    return SurveySheet(survey, tuple(joined))


def sheet_of(question, survey, answers):
    """Return one question's sheet; where the question names no number of answers, the survey's counts."""
    respondents = survey.respondents if question.respondents is None else question.respondents
    table = percentages.table(
        [answer_of(row) for row in answers],
        respondents=respondents,
        is_single=question.kind == QuestionKind.SINGLE,
    )
    return QuestionSheet(
        question,
        respondents,
        tuple(zip(answers, table.lines, strict=True)),
        table,
        pictures.bars(question, survey, table, respondents),
        pictures.scale(question, survey, table, respondents),
    )


def answer_of(row):
    return percentages.Answer(row.label, row.count, row.percent, row.rank)
