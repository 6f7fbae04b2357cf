"""The workbook of a report's tables."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from municipalities.rows.workbooks import as_text, saved
from reports.paper.settled import settled
from reports.paper.tables.sheets import SHEETS, WHERE
from reports.paper.wording.words import clean, submitted_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.document.year_review import YearReview
    from reports.paper.tables.sheets import Cell, Row

# What a cell of Excel holds. openpyxl would cut what is longer without a word.
MOST_SIGNS = 32_767
CUT_OFF = "…（以下は入りきらないため、PDFをご覧ください）"
NARROW, WIDE = 14, 44
WIDE_COLUMNS = frozenset(
    {
        "内容",
        "目指す姿",
        "指標",
        "評価の理由",
        "参考値",
        "課題",
        "現状",
        "目指す姿との差",
        "要因",
        "数字",
        "取組",
        "実績",
        "成果",
        "もとになる成果",
        "つながる先の成果",
        "行うこと",
        "対応の内容",
        "支援前の課題",
        "支援後の変化",
        "今後行うこと",
        "出典",
        "ロジックモデル",
        "項目",
        "段階",
    }
)


def make_tables(review: YearReview) -> bytes:
    """Return the workbook: every text as a text, never a formula; the same review, the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = clean(f"{review.prefecture_name}{review.municipality_name}")
    book.properties.title = clean(f"{review.fiscal_year_label}　{review.head.kind_label}の表")
    where = (review.municipality_code, review.municipality_name, review.fiscal_year)
    for sheet in SHEETS:
        rows = ((*where, *row) for row in sheet.rows(review))
        _fill(book.create_sheet(sheet.name), (*WHERE, *sheet.columns), rows)
    return settled(saved(book), submitted_day(review))


def make_table(name: str, header: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    """Return a workbook of one sheet, by the same rules: one datum a cell, every text as a text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = name
    _fill(book.create_sheet(name), header, rows)
    return saved(book)


def _fill(made: Any, header: tuple[str, ...], rows: Iterable[Row]) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(header, 1):
        width = WIDE if name in WIDE_COLUMNS else NARROW
        made.column_dimensions[get_column_letter(number)].width = width
    made.freeze_panes = "A2"
    wrapped = Alignment(vertical="top", wrap_text=True)
    made.append([_cell(made, value, wrapped) for value in header])
    for row in rows:
        made.append([_cell(made, value, wrapped) for value in row])


def _cell(made: Any, value: Cell, wrapped: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell = as_text(made, shortened(clean(value)))
    else:
        cell = WriteOnlyCell(made, value=value)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    cell.alignment = wrapped
    return cell


def shortened(text: str) -> str:
    """Return a text that a cell can hold; one that is too long says that it goes on."""
    if len(text) <= MOST_SIGNS:
        return text
    return text[: MOST_SIGNS - len(CUT_OFF)] + CUT_OFF
