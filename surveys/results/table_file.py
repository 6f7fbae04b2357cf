"""The tables of a survey as a workbook: one row for an answer, numbers as numbers, every text as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.results.result_sheet import QuestionSheet, SurveySheet

NARROW = 13
WIDE = {"設問": 48, "選択肢": 36, "項目": 20, "内容": 60, "確認すること": 48}
ANSWERS = (
    "問の番号",
    "設問",
    "答え方",
    "有効回答数",
    "選択肢",
    "回答数",
    "割合（%）",
    "順位",
    "確認すること",
)
NUMBERS = ("問の番号", "設問", "数値の回答数", "平均", "中央値", "単位")
PAIRS = ("設問", "並べて見る設問", "選択肢", "割合（%）", "並べて見る設問の割合（%）")
DIFFERENT = "並べて見る（設問が異なります）"


def as_xlsx(sheet: SurveySheet) -> bytes:
    """Return the workbook: answers, what the survey is, and questions that stand side by side."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = sheet.survey.municipality.name
    rows = (row for one in sheet.questions for row in answers_of(one))
    table(book.create_sheet("集計表"), ANSWERS, rows, widths=WIDE, width=NARROW)
    numbers = [row for one in sheet.questions for row in numbers_of(one)]
    if numbers:
        table(book.create_sheet("数値"), NUMBERS, numbers, widths=WIDE, width=NARROW)
    pairs = [row for one in sheet.questions for row in pairs_of(one)]
    if pairs:
        table(book.create_sheet(DIFFERENT), PAIRS, pairs, widths=WIDE, width=NARROW)
    table(
        book.create_sheet("調査の概要"), ("項目", "内容"), facts(sheet), widths=WIDE, width=NARROW
    )
    return saved(book)


def answers_of(one: QuestionSheet) -> Iterator[tuple[Any, ...]]:
    question = one.question
    head = (question.number, question.text, question.get_kind_display(), one.respondents)
    remarks = "\n".join(one.table.remarks)
    for place, line in enumerate(one.table.lines):
        yield (
            *head,
            line.label,
            line.count,
            line.percent,
            line.rank,
            remarks if place == 0 else "",
        )


def numbers_of(one: QuestionSheet) -> Iterator[tuple[Any, ...]]:
    told = one.question
    if told.mean is not None:
        yield told.number, told.text, told.numbers, told.mean, told.median, told.unit


def pairs_of(one: QuestionSheet) -> Iterator[tuple[Any, ...]]:
    """Yield the options that a question shares with the one beside it."""
    if one.beside is None:
        return
    names = str(one.question), str(one.beside.other.question)
    for pair in one.beside.pairs:
        yield *names, pair.label, pair.this.percent, pair.other.percent


def facts(sheet: SurveySheet) -> tuple[tuple[str, Any], ...]:
    survey = sheet.survey
    return (
        ("調査の名称", survey.title),
        ("年度", fiscal.label(survey.cycle.fiscal_year)),
        ("対象", survey.target_text or survey.get_target_display()),
        ("実施時期", survey.when),
        ("調査の方法", survey.way),
        ("配布数", survey.distributed),
        ("有効回答数", survey.respondents),
        ("出典", survey.source),
        ("補足", survey.note),
        (
            "割合",
            "回答数と有効回答数が分かるときは計算した値（小数第2位を四捨五入）、ほかは出典のままです",
        ),
    )


def name_of(sheet: SurveySheet) -> str:
    """Return 「調査の集計表_見本市_令和8年度_survey-1.xlsx」."""
    survey = sheet.survey
    year = fiscal.era_year(survey.cycle.fiscal_year)
    return f"調査の集計表_{survey.cycle.municipality.name}_{year}_{survey.key}.xlsx"
