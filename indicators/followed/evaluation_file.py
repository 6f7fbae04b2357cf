"""The 評価シート as a workbook: one row for an indicator at an outcome, one datum a cell, numbers as numbers.

By the rules of the report's tables: its header in the first row, no joined cells, unit and year in columns of
their own, the municipality's code in every row, every text as a text.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.arithmetic.printing import half_up
from indicators.choices import ValueState
from indicators.followed import evaluation_sheet, office_copy
from indicators.followed.office_copy import sheet_of
from indicators.measurements.values import finality_in_full, open_note
from indicators.verdicts.evaluation import BASIS, DIGITS, HUNDRED
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from indicators.followed.evaluation_sheet import Part, Row
    from indicators.followed.following import Line
    from indicators.measurements.values import Told
    from indicators.models import Measurement
    from indicators.verdicts.evaluation import Evaluation
    from municipalities.models import Cycle

Cell = str | int | Decimal | dt.date | None

AGAIN = "再掲"
OFFICE_NOTE = (
    office_copy.OFFICE,
    "秘匿する小さな数が入っています。協議体など庁外の人に渡すときは、庁外用を使います",
)
NARROW = 13
WIDE = {
    "成果": 36,
    "指標": 36,
    "評価の理由": 48,
    "参考値": 36,
    "出典": 30,
    "注記": 30,
    "内容": 90,
}
# What is told of a line behind its name, here and where councils' opinions stand beside it: `told_of` yields it.
TOLD = (
    "現状値の年度",
    "現状値",
    "現状値の状態",
    "目標の年度",
    "目標値",
    "実績",
    "実績の状態",
    "確定の別",
    "値の時点",
    "目標比（％）",
    "進捗率（％）",
    "見込の年度",
    "最終年度見込",
    "評価区分",
    "評価の理由",
    "参考値",
)
COLUMNS = (
    "自治体コード",
    "自治体名",
    "年度",
    "場面",
    "成果",
    "指標コード",
    "指標",
    "再掲",
    "単位",
    "方向",
    *TOLD,
    "出典",
    "注記",
)
NOTES = (
    ("評価区分", BASIS),
    ("目標比（％）", "実績÷目標値×100。低いほど良い指標では、100より小さいほど良い値です"),
    (
        "進捗率（％）",
        "（実績－現状値）÷（目標値－現状値）×100。現状値より悪くなると負の値になります",
    ),
    (
        "最終年度見込",
        "現状値と最新の値（年度の途中の数は除く）を結んだ直線を、最後の目標の年度まで延ばした値です",
    ),
    ("参考値", "件数や母数が少なく、偶然で大きく動く値です"),
    (
        "採用値が未決定",
        "出典によって値の違う年度があり、どの値を採用するか決まっていません。値は仮のもので、採用する値によって評価区分が変わることがあります",
    ),
    ("空欄", "空欄は、値がないか、計算できないことを表します。0は0という値です"),
)


def as_xlsx(cycle: Cycle, parts: Iterable[Part], *, is_for_office: bool = False) -> bytes:
    """Return the workbook: the sheet, and one that says how its columns are computed.

    A copy for the office alone says so: on its tabs, in every row, and above every sheet of paper.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = cycle.municipality.name
    mark = office_copy.mark_of(is_for_office=is_for_office)
    head, more = ((*COLUMNS, "取扱い"), (mark,)) if mark else (COLUMNS, ())
    rows = (
        (*row_of(cycle, part, block.outcome, row), *more)
        for part, block, row in evaluation_sheet.rows_of(parts)
    )
    notes = (OFFICE_NOTE, *NOTES) if mark else (*NOTES, office_copy.HIDDEN_NOTE)
    table(sheet_of(book, "評価シート", mark), head, rows, widths=WIDE, width=NARROW)
    table(sheet_of(book, "説明", mark), ("項目", "内容"), notes, widths=WIDE, width=NARROW)
    return saved(book)


def row_of(cycle: Cycle, part: Part, outcome: str, row: Row) -> tuple[Cell, ...]:
    line = row.line
    return (
        cycle.municipality.code,
        cycle.municipality.name,
        cycle.fiscal_year,
        part.label,
        outcome,
        line.indicator.code,
        line.definition.name,
        AGAIN if row.is_again else "",
        line.definition.unit,
        line.direction,
        *told_of(line),
        line.this.measurement.source if line.this.measurement else "",
        noted(line.this.measurement),
    )


def noted(row: Measurement | None) -> str:
    """Return the note of a value, and below it that nobody has adopted it among others."""
    return "\n".join(filter(None, (row.note, open_note(row)))) if row else ""


def told_of(line: Line) -> Iterator[Cell]:
    """Yield a cell for each column of TOLD."""
    yield from of_baseline(line.baseline)
    yield line.target.fiscal_year if line.target else None
    yield line.target.value if line.target else None
    yield from of_the_year(line)
    yield from computed(line.evaluation)


def of_baseline(told: Told | None) -> Iterator[Cell]:
    if told is None:
        return iter((None, None, None))
    return iter((told.year, *number_and_state(told)))


def number_and_state(told: Told) -> tuple[Cell, Cell]:
    if told.measurement is None:
        return None, str(ValueState.NOT_ENTERED.label)
    return told.measurement.value, str(ValueState(told.measurement.state).label)


def of_the_year(line: Line) -> Iterator[Cell]:
    yield from number_and_state(line.this)
    row = line.this.measurement
    yield finality_in_full(row) or None if row else None
    yield row.as_of if row else None


def computed(one: Evaluation) -> Iterator[Cell]:
    yield percentage(one.judged.ratio)
    yield percentage(one.judged.progress)
    ahead = one.judged.forecast
    yield ahead.year if ahead else None
    yield half_up(one.possible(ahead).number, one.digits(ahead)) if ahead else None
    yield one.word
    yield one.how
    yield one.reference


def percentage(share: Fraction | None) -> Decimal | None:
    return None if share is None else half_up(share * HUNDRED, DIGITS)


def name_of(cycle: Cycle, *, is_for_office: bool = False) -> str:
    """Return 「評価シート_見本市_令和8年度.xlsx」, marked where it is for the office alone."""
    year = fiscal.era_year(cycle.fiscal_year)
    name = f"評価シート_{cycle.municipality.name}_{year}.xlsx"
    return office_copy.named(name, is_for_office=is_for_office)
