"""結果として登録する: the tables of a closed round become published tables, which stay when the answers go.

Registered are counts, and of entered numbers mean and median where enough gave one: the smallest and largest are one
person's each. Copies for others tell counts alone, after disclosure.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.japanese.dates import in_wareki
from municipalities.kernel import changes
from municipalities.pages import ordering
from municipalities.rows.keys import new_key
from surveys.choices import QuestionKind, QuestionType, RoundState
from surveys.models import PublishedAnswer, PublishedQuestion, PublishedSurvey, SurveyRound
from surveys.questionnaires.making import prefecture_forms
from surveys.questionnaires.shape import form_shape
from surveys.results import answer_table
from surveys.results.over_years import same
from surveys.rounds import returns
from surveys.tabulation.counting import columns, counting
from surveys.tabulation.reading import kept_document, tabulating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from municipalities.models import User
    from surveys.questionnaires.shape.form_shape import Form
    from surveys.tabulation.counting.tables import Table
    from surveys.tabulation.reading.tabulating import Tabulated

LONGEST = 500
NOT_CLOSED = "受付を終了してから、結果として登録してください。"
EMPTIED = "回答を消したため、集計できません。登録した結果は残っています。"
NOTHING = "集計する回答が、まだありません。"
SURVEY_FIELDS = ("title", "target", "target_text", "when", "way", "distributed", "respondents")
QUESTION_FIELDS = (
    "number",
    "text",
    "kind",
    "scene",
    "respondents",
    "numbers",
    "mean",
    "median",
    "unit",
    "scale",
    "earlier_year",
    "earlier_key",
    "earlier_change",
    "beside_key",
    "position",
)


def key_of(round_key: str, question_key: str, part: str = "") -> str:
    """Return under which key a table is registered: the same whenever it is registered again."""
    told = "\n".join((round_key, question_key, same(part)))
    return f"question-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def part_of(table: Table) -> str:
    """Name the row or column of a matrix that a table is of; empty where it is a whole question.

    By words, since the next version of a questionnaire has rows of its own; a row and a column may bear one name.
    """
    return f"{'row' if table.is_single else 'column'}:{table.part}" if table.part else ""


def survey_of(row: SurveyRound) -> PublishedSurvey:
    """Return what is told of a round as a whole, not stored yet."""
    counted = returns.of(row)
    days = [in_wareki(day) for day in (row.opens_on, row.closes_on) if day]
    return PublishedSurvey(
        cycle=row.cycle,
        title=row.title,
        target=row.questionnaire.target,
        target_text=row.target_text,
        when="～".join(days),
        way="、".join(name for name, _ in counted.by_way),
        distributed=row.distributed,
        respondents=counted.valid,
        source=f"{row.cycle.municipality.name}による調査",
        audience=row.audience,
    )


def question_of(
    row: SurveyRound, survey: PublishedSurvey, table: Table, before: SurveyRound | None = None
) -> PublishedQuestion:
    """Return a table as a published question, not stored yet; `before` asked it earlier."""
    asked, part = table.question, part_of(table)
    question = PublishedQuestion(
        key=key_of(row.key, asked.key, part),
        cycle=row.cycle,
        survey=survey,
        number=table.number,
        text=table.title[:LONGEST],
        kind=kind_of(table),
        scale=asked.scale if table.is_single and asked.scale else "none",
        respondents=table.asked,
        **numbers_told(table),
        beside_key="" if part or not asked.beside_key else key_of(row.key, asked.beside_key),
    )
    if before:
        is_same = before.questionnaire_id == row.questionnaire_id
        if earlier := asked.key if is_same else asked.earlier_key:
            question.earlier_year = before.cycle.fiscal_year
            question.earlier_key = key_of(before.key, earlier, part)
            question.earlier_change = "" if is_same else asked.earlier_change
    return question


def kind_of(table: Table) -> QuestionKind:
    """Return how it was answered; of entered numbers nothing was chosen."""
    if table.question.kind == QuestionType.NUMBER:
        return QuestionKind.UNSTATED
    return QuestionKind.SINGLE if table.is_single else QuestionKind.MULTIPLE


def numbers_told(table: Table) -> dict[str, Any]:
    """Return mean and median of entered numbers where enough gave one; of points the counts of the options tell."""
    told = table.numbers
    if told is None or table.lines or kept_document.loses_numbers(table):
        return {}
    told_of = {"numbers": told.n, "mean": told.mean, "median": told.median}
    return told_of | {"unit": table.question.unit}


def answers_of(question: PublishedQuestion, table: Table) -> list[PublishedAnswer]:
    return [
        PublishedAnswer(
            cycle=question.cycle,
            question=question,
            key=f"line-{place}",
            label=line.label,
            count=line.count,
            position=place,
        )
        for place, line in enumerate(table.lines, 1)
    ]


def numbers_of(row: SurveyRound) -> dict[str, str]:
    """Return which table of the questionnaire each registered one is, by its key: the same in every town that asks it."""
    tables = tables_of(form_shape.read(row.questionnaire))
    return {key: table.number for key, table in keyed(row, tables)}


def keyed(row: SurveyRound, tables: Iterable[Table]) -> Iterator[tuple[str, Table]]:
    """Yield the tables that are registered, each with its key: those with counts, and entered numbers of enough."""
    seen: set[str] = set()
    for table in tables:
        if table.lines or numbers_told(table):
            key = key_of(row.key, table.question.key, part_of(table))
            if key in seen:
                # A document may bring two rows of one name: their numbers tell them apart.
                part = f"{part_of(table)} {table.number}"
                key = key_of(row.key, table.question.key, part)
            seen.add(key)
            yield key, table


def tables_of(form: Form) -> list[Table]:
    """Return the tables that a questionnaire will give, before anybody has answered."""
    return [one.table for one in counting.tables(form, columns.of(form, (), ()), {})]


def before_of(row: SurveyRound) -> SurveyRound | None:
    """Return the last registered round that asked this questionnaire, or the one it is the next version of."""
    keys = filter(None, (row.questionnaire.key, row.questionnaire.earlier_key))
    return (
        SurveyRound.objects.filter(
            questionnaire__key__in=list(keys), cycle__fiscal_year__lt=row.cycle.fiscal_year
        )
        .exclude(result_key="")
        .select_related("cycle", "questionnaire")
        .order_by("-cycle__fiscal_year", "-closes_on", "-pk")
        .first()
    )


def register(row: SurveyRound, *, by: User) -> PublishedSurvey:
    """Write the tables of a closed round. Registered again, they take the place of the earlier ones.

    Raises ValidationError where there is nothing to register, StaleVersion when the round was changed.
    """
    with transaction.atomic():
        held = SurveyRound.objects.hold(row)
        if held.state != RoundState.CLOSED:
            raise ValidationError(NOT_CLOSED)
        if held.is_emptied:
            raise ValidationError(EMPTIED)
        found = tabulating.of(row)
        if not found.n:
            raise ValidationError(NOTHING)
        survey = _write_survey(row, by=by)
        _write_questions(row, survey, found, by=by)
        if row.result_key != survey.key:
            row.result_key = survey.key
            changes.save_versioned(
                row, by=by, expected_version=row.version, fields=("result_key",), deed="register"
            )
        prefecture_forms.tell(row.cycle, row.questionnaire.key)
    return survey


def _write_survey(row: SurveyRound, *, by: User) -> PublishedSurvey:
    told = survey_of(row)
    rows = PublishedSurvey.objects.filter(cycle=row.cycle)
    stored = rows.filter(key=row.result_key).first() if row.result_key else None
    if stored is None:
        told.key = new_key("survey")
        ordering.append(told, among=rows, by=by)
        return told
    return _overwrite(stored, told, SURVEY_FIELDS, by=by)


def _overwrite(stored, told, fields, *, by):
    for name in fields:
        setattr(stored, name, getattr(told, name))
    changes.save_versioned(stored, by=by, expected_version=stored.version, fields=fields)
    return stored


def _write_questions(
    row: SurveyRound, survey: PublishedSurvey, found: Tabulated, *, by: User
) -> None:
    before = before_of(row)
    stored = {one.key: one for one in PublishedQuestion.objects.filter(survey=survey)}
    tables = list(keyed(row, (one.table for one in found.counted)))
    _forget_numbers(stored, {key for key, _ in tables}, by=by)
    for position, (key, table) in enumerate(tables, 1):
        told = question_of(row, survey, table, before)
        told.key = key
        told.position = position
        _drop_unknown(told)
        lines = answers_of(told, table)
        known = stored.get(told.key)
        if known is None:
            changes.create_versioned(told, by=by)
            answer_table.add(told, lines, by=by)
        else:
            # What the owner has written of the question stays: its scene.
            told.scene = known.scene
            _overwrite(known, told, QUESTION_FIELDS, by=by)
            mark = answer_table.mark_of(answer_table.answers_of(known))
            answer_table.replace(known, lines, mark=mark, by=by)


def _forget_numbers(stored: dict[str, PublishedQuestion], kept: set[str], *, by: User) -> None:
    """Take back the mean of numbers that too few give by now."""
    for key, question in stored.items():
        if question.mean is not None and key not in kept:
            question.numbers = question.mean = question.median = None
            fields = ("numbers", "mean", "median")
            changes.save_versioned(
                question, by=by, expected_version=question.version, fields=fields
            )


def _drop_unknown(told: PublishedQuestion) -> None:
    """Name no earlier question that was not registered."""
    rows = PublishedQuestion.objects.filter(
        cycle__fiscal_year=told.earlier_year or 0, key=told.earlier_key
    )
    if not told.earlier_key or not rows.exists():
        told.earlier_year, told.earlier_key, told.earlier_change = None, "", ""
