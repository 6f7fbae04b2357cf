"""A published survey as its page and its paper show it: each question with its table, chart and evidence."""

from collections import defaultdict
from dataclasses import dataclass

from indicators.charts.structure import Chart, Point, Series
from municipalities.numerals import grouped
from surveys import percentages
from surveys.choices import QuestionKind
from surveys.models import IssueEvidence, PublishedAnswer, PublishedQuestion, PublishedSurvey

UNSTATED = "記載なし"


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """One question. `rows`: each answer's row with its line of the table. `evidence`: links to issues."""

    question: PublishedQuestion
    respondents: int | None
    rows: tuple[tuple[PublishedAnswer, percentages.Line], ...]
    table: percentages.Table
    chart: Chart | None
    evidence: tuple[IssueEvidence, ...]


@dataclass(frozen=True, slots=True)
class SurveySheet:
    survey: PublishedSurvey
    questions: tuple[QuestionSheet, ...]


def of(survey):
    """Return a survey with everything below it, in three queries."""
    questions = list(PublishedQuestion.objects.filter(survey=survey))
    answers, evidence = defaultdict(list), defaultdict(list)
    for answer in PublishedAnswer.objects.filter(question__survey=survey):
        answers[answer.question_id].append(answer)
    for link in IssueEvidence.objects.filter(question__survey=survey).select_related("issue"):
        evidence[link.question_id].append(link)
    sheets = (sheet_of(one, survey, answers[one.pk], evidence[one.pk]) for one in questions)
    return SurveySheet(survey, tuple(sheets))


def sheet_of(question, survey, answers, evidence=()):
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
        chart_of(question, survey, table, respondents),
        tuple(evidence),
    )


def answer_of(row):
    return percentages.Answer(row.label, row.count, row.percent, row.rank)


def chart_of(question, survey, table, respondents):
    """Return the chart of a question; None where no percentage is known."""
    if not table.has_percents:
        return None
    known = UNSTATED if respondents is None else f"{grouped(respondents)}件"
    points = tuple(
        Point(line.percent, UNSTATED if line.percent is None else "") for line in table.lines
    )
    return Chart(
        title=str(question),
        unit="%",
        decimals=table.decimals,
        category="選択肢",
        categories=tuple(line.label for line in table.lines),
        series=(Series("割合", points, kind="bar"),),
        reading=f"選択肢ごとの割合です。横棒の長さは、右端が100%です（有効回答数：{known}）。",
        sources=(survey.source,) if survey.source else (),
    )
