"""交付金根拠表 and 実施状況調査 as workbooks: a town's sheet, and the items as officers correct them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.rows.workbooks import saved, table
from reports.year.grants import items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.year.grants.items import Items
    from reports.year.grants.reading import Sheet

HEADER = (
    "区分",
    "項目",
    "配点",
    "内容",
    "原文",
    "該当の別",
    "登録されている内容",
    "根拠（コピー用）",
    "根拠・補足（自治体の記入）",
)
POINTS = HEADER.index("配点")
SURVEY_HEADER = (
    "区分",
    "項目",
    "内容",
    "原文",
    "回答の状況",
    "登録されている内容",
    "根拠（コピー用）",
    "調査票に書く回答",
)
WIDTHS = {
    "内容": 44.0,
    "登録されている内容": 40.0,
    "根拠（コピー用）": 60.0,
    "根拠・補足（自治体の記入）": 40.0,
    "調査票に書く回答": 40.0,
    "区分": 30.0,
    "出典": 40.0,
}
NARROW = 12.0


def of_sheet(sheet: Sheet) -> bytes:
    return _book("交付金根拠表", HEADER, _rows(sheet))


def of_survey(sheet: Sheet) -> bytes:
    """Return the table of the survey, which gives no points."""
    rows = ((*row[:POINTS], *row[POINTS + 1 :]) for row in _rows(sheet))
    return _book("実施状況調査", SURVEY_HEADER, rows)


def _rows(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    return (
        (
            row.item.block,
            row.item.mark,
            row.item.points,
            row.item.wording,
            "" if row.item.is_seen else "原文未確認",
            row.answer_label,
            row.evidence.told,
            row.text,
            row.note,
        )
        for block in sheet.blocks
        for row in block.rows
    )


def of_items(found: Items, *, fiscal_year: int) -> bytes:
    """Return the list as a file that `items.parse` reads for this year."""
    return _book("項目", items.COLUMNS, items.as_lines(found.rows, fiscal_year=fiscal_year))


def _book(title: str, header: tuple[str, ...], rows: object) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    table(book.create_sheet(title), header, rows, widths=WIDTHS, width=NARROW)  # type: ignore[arg-type]
    return saved(book)
