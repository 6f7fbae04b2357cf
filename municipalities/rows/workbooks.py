"""Workbooks for other programs: one datum a cell, numbers and days as such, every text as a text, never a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

# What XML cannot hold; a soft break of Word is a line break.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A number with all its digits, and the format in which it is seen."""

    number: Decimal | int
    format: str


def table(
    sheet: Any,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    widths: Mapping[str, float],
    width: float,
) -> None:
    """Fill a write-only sheet: its header stays in sight, columns are as wide as `widths` says, else `width`."""
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(number)].width = widths.get(name, width)
    sheet.freeze_panes = "A2"
    for row in (header, *rows):
        sheet.append([cell(sheet, value) for value in row])


def cell(sheet: Any, value: Any) -> Any:
    """Return the cell of a value; of nothing None."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, Shown):
        written = WriteOnlyCell(sheet, value=value.number)
        written.number_format = value.format
        return written
    if isinstance(value, str):
        return as_text(sheet, value)
    written = WriteOnlyCell(sheet, value=value)
    if isinstance(value, dt.datetime):
        written.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, dt.date):
        written.number_format = "yyyy-mm-dd"
    return written


def as_text(sheet: Any, text: str) -> Any:
    """Return a cell that is text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    written = WriteOnlyCell(sheet, value=NOT_IN_XML.sub("", text.replace("\x0b", "\n")))
    written.data_type = "s"
    return written


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
