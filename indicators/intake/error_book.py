"""What cannot be taken of a file, as a workbook: each cell with its place, its text and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from municipalities.workbooks import saved, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import RefusedCell

HEADINGS = ("行", "列", "セル", "書かれていた内容", "理由と直し方")
WIDTHS = {"書かれていた内容": 30, "理由と直し方": 80}
WIDTH = 10


def error_book(cells: Iterable[RefusedCell]) -> bytes:
    """Return an xlsx with one line for each cell, in the order of the file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    rows = (
        (cell.row, cell.column or None, cell_name(cell), cell.text, cell.message) for cell in cells
    )
    table(book.create_sheet("取り込めない箇所"), HEADINGS, rows, widths=WIDTHS, width=WIDTH)
    return saved(book)


def cell_name(cell: RefusedCell) -> str:
    """Return 「C12」, as Excel names the cell; the number of the row where all of it is meant."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell.column)}{cell.row}" if cell.column else f"{cell.row}行目"
