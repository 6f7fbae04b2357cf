"""How a table of a statistic is laid out: which row, which column, which sign means what. Pure.

Rows and columns count from 1, as people count them. Years are fiscal years (2024 for 令和6年度).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import CodeForm, ColumnRole, SignMeaning, TableForm

if TYPE_CHECKING:
    import datetime as dt

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `indicator` is the code of a definition, empty where none is chosen."""

    number: int
    heading: str = ""
    role: str = ColumnRole.SKIPPED
    indicator: str = ""
    fiscal_year: int | None = None
    factor: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Signs:
    """What 「－」「…」「・」「x」 mean in this source."""

    dash: str = SignMeaning.REFUSED
    dots: str = SignMeaning.UNKNOWN
    middle_dot: str = SignMeaning.NOT_APPLICABLE
    star: str = SignMeaning.SUPPRESSED


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout without its owner. `code` names a shipped or kept one; `marks` are words joined by 「、」."""

    code: str = ""
    name: str = ""
    title: str = ""
    # What stood above the table of the file: people may have called the statistic otherwise.
    title_above: str = ""
    publisher: str = ""
    sheet: str = ""
    file_pattern: str = ""
    marks: str = ""
    form: str = TableForm.WIDE
    heading_from: int = 1
    heading_to: int = 1
    first_row: int = 2
    code_form: str = CodeForm.SIX
    place_column: int = 1
    prefecture_column: int = 0
    fiscal_year: int | None = None
    # Of the whole table, where no column tells it; nothing where nobody has said it.
    finality: str = ""
    as_of: dt.date | None = None
    signs: Signs = Signs()
    columns: tuple[Column, ...] = ()
