"""What cannot be taken of a file, as a workbook: each cell with its place, its text and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.exporting import as_text, saved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indicators.models import RefusedCell

HEADINGS = ("行", "列", "セル", "書かれていた内容", "理由と直し方")
WIDTHS = (8, 8, 10, 30, 80)


def error_book(cells: Iterable[RefusedCell]) -> bytes:
    """Return an xlsx with one line for each cell, in the order of the file."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("取り込めない欄")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([as_text(sheet, text) for text in HEADINGS])
    for cell in cells:
        sheet.append(
            [
                cell.row,
                cell.column or None,
                as_text(sheet, cell_name(cell)),
                as_text(sheet, cell.text),
                as_text(sheet, cell.message),
            ]
        )
    return saved(book)


def cell_name(cell: RefusedCell) -> str:
    """Return 「C12」, as Excel names the cell; the number of the row where all of it is meant."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(cell.column)}{cell.row}" if cell.column else f"{cell.row}行目"
