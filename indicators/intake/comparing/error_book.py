"""What cannot be taken of a file, and what is to be asked about it, as a workbook: each cell with its place and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.intake.comparing.doubting import NAMES
from municipalities.japanese import fiscal
from municipalities.rows.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import DoubtfulCell, RefusedCell

DOUBTS = ("種類", "行", "列", "セル", "指標", "年度", "値", "確かめること")
HEADINGS = ("行", "列", "セル", "書かれていた内容", "理由と直し方")
WIDTHS = {"書かれていた内容": 30, "理由と直し方": 80, "種類": 40, "指標": 40, "確かめること": 80}
WIDTH = 10


def error_book(cells: Iterable[RefusedCell], doubtful: Iterable[DoubtfulCell] = ()) -> bytes:
    """Return an xlsx with one line for each cell, in the order of the file: refused ones, then those that are asked about."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    rows = (
        (cell.row, cell.column or None, cell_name(cell), cell.text, cell.message) for cell in cells
    )
    table(book.create_sheet("取り込めない箇所"), HEADINGS, rows, widths=WIDTHS, width=WIDTH)
    asked = (
        (
            NAMES[cell.doubt.code],
            cell.row,
            cell.column,
            cell_name(cell),
            str(cell.definition),
            fiscal.label(cell.fiscal_year),
            cell.text,
            cell.message,
        )
        for cell in doubtful
    )
    table(book.create_sheet("確かめたい値"), DOUBTS, asked, widths=WIDTHS, width=WIDTH)
    return saved(book)


def cell_name(cell: RefusedCell | DoubtfulCell) -> str:
    """Return 「C12」, as Excel names the cell; the number of the row where all of it is meant."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell.column)}{cell.row}" if cell.column else f"{cell.row}行目"
