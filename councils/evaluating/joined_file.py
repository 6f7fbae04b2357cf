"""The whole 評価シート as a workbook: one row for an indicator, numbers as numbers, every text as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councils.evaluating import joined_sheet
from indicators.followed.evaluation_file import TOLD, Cell, told_of
from indicators.followed.office_copy import HIDDEN_NOTE, OFFICE, mark_of, named, sheet_of
from indicators.verdicts.evaluation import BASIS
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from councils.evaluating.joined_sheet import Block, Number, Part
    from indicators.followed.following import Line
    from municipalities.models import Cycle

NARROW = 13
OFFICE_NOTE = (
    OFFICE,
    "見せる範囲が「庁内」の内容と、秘匿する小さな数が入っています。協議体など庁外の人に渡すときは、庁外用を使います",
)
LEFT_OUT = (
    ("載せないもの", "見せる範囲が「庁内」の内容と、まだ人が確かめていない下書きは載せていません"),
    HIDDEN_NOTE,
)
COLUMNS = (
    "自治体コード",
    "自治体名",
    "年度",
    "場面",
    "区分",
    "成果・取組・協議体",
    "指標",
    "単位",
    *TOLD,
    "要因分析",
    "協議体の意見（会議日）",
    "改善方策",
    "次年度の取組",
    "担当",
)
WIDE = dict.fromkeys(
    (
        "成果・取組・協議体",
        "指標",
        "要因分析",
        "協議体の意見（会議日）",
        "改善方策",
        "次年度の取組",
    ),
    36,
) | {"評価の理由": 48, "内容": 90}
NUMBERS = COLUMNS.index("要因分析") - COLUMNS.index("指標")
NOTES = (
    ("評価区分", BASIS),
    ("要因分析", "起きたこと（事実）と、うまくいった要因・妨げになった要因です"),
    ("協議体の意見（会議日）", "まだ会議で判断していないものは〔案〕と書いています"),
    ("改善方策", "成果・取組・協議体そのものについての改善の決定です"),
    ("次年度の取組", "その成果につながる取組についての改善の決定です"),
    ("行", "指標が二つ以上ある成果では、同じ文が指標の数だけ並びます"),
)


def as_xlsx(cycle: Cycle, parts: Iterable[Part], *, is_for_office: bool = False) -> bytes:
    """Return the workbook: the sheet, and one that says what its columns hold.

    A copy for the office alone says so: on its tab, in every row, and above every sheet of paper.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = cycle.municipality.name
    mark = mark_of(is_for_office=is_for_office)
    head, more = ((*COLUMNS, "取扱い"), (mark,)) if mark else (COLUMNS, ())
    rows = ((*row, *more) for one in joined_sheet.blocks_of(parts) for row in rows_of(cycle, one))
    table(sheet_of(book, "評価シート", mark), head, rows, widths=WIDE, width=NARROW)
    notes = (OFFICE_NOTE, *NOTES) if mark else (*NOTES, *LEFT_OUT)
    table(sheet_of(book, "説明", mark), ("項目", "内容"), notes, widths=WIDE, width=NARROW)
    return saved(book)


def rows_of(cycle: Cycle, block: Block) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each indicator, or one alone where there is none."""
    head = (
        cycle.municipality.code,
        cycle.municipality.name,
        cycle.fiscal_year,
        block.scene,
        block.kind,
        block.name,
    )
    texts = (block.reasons, block.opinions, block.improvements, block.steps, block.owners)
    for number in block.numbers or (None,):
        yield (*head, *numbers_of(number), *("\n".join(one) for one in texts))


def numbers_of(number: Number | None) -> tuple[Cell, ...]:
    if number is None:
        return (None,) * NUMBERS
    line: Line = number.line
    return (number.name, line.definition.unit, *told_of(line))


def name_of(cycle: Cycle, *, is_for_office: bool = False) -> str:
    """Return 「評価シート（協議体の意見つき）_見本市_令和8年度.xlsx」, marked where it is for the office alone."""
    year = fiscal.era_year(cycle.fiscal_year)
    name = f"評価シート（協議体の意見つき）_{cycle.municipality.name}_{year}.xlsx"
    return named(name, is_for_office=is_for_office)
