"""Reads a file of a statistic, CSV or xlsx, as texts exactly as they are written; every size is bounded first. Pure."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from indicators.entering.importing import (
    DAMAGED,
    MEGABYTE,
    Limits,
    check,
    decoded,
    look_inside,
    split,
)
from indicators.entering.kinds import NOT_EXCEL, ZIP, Unreadable, misnamed
from indicators.intake.layouts import mieruka
from indicators.intake.sheets import plain_rows
from indicators.intake.sheets.sheet_xml import Formats

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMITS = Limits(megabytes=20, unpacked=400 * MEGABYTE, sheet=5_000_000, texts=1_500_000)
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 400, 2_000_000
# The first lines tell tabs from commas: titles hold neither.
HEADING_LINES = 20
# Texts repeat from line to line: each is kept once, as long as there are few.
MOST_KNOWN = 50_000
SHEETS_TOLD = 9
TOO_LONG = f"行が多すぎます。1つのシートを{MOST_ROWS:,}行までに分けてください。"
TOO_WIDE = f"列が多すぎます。{MOST_COLUMNS}列までにして、右側の使っていない列は削除してください。"
TOO_MUCH = f"値の入ったセルが多すぎます。ファイル全体で{MOST_CELLS:,}欄までに分けてください。"
# What the row of a file keeps of it.
LONGEST_DESCRIPTION = 200
CSV = "CSV"
NO_TABLE = "表がありません。統計の表が入ったファイルを選んでください。"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, with its empty rows, so that a row has the number that Excel shows. Rows end at their last text."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of a file, and how it was read: 「CSV（文字コード：Shift_JIS）」."""

    sheets: tuple[Sheet, ...]
    described: str

    @property
    def is_csv(self) -> bool:
        return self.described.startswith(CSV)

    def described_with(self, sheet: Sheet) -> str:
        """Say too which sheet is read, where there are several."""
        if len(self.sheets) == 1:
            return self.described
        return f"{self.described}のうち、シート「{sheet.name}」の表"[-LONGEST_DESCRIPTION:]


def read(content: bytes, *, file_name: str = "") -> Book:
    """Read a file by what it holds, whatever its name says. Raises Unreadable."""
    check(content, LIMITS)
    told = misnamed(content, file_name)
    if content.startswith(ZIP):
        found = as_rows(read_xlsx(content), PurePath(file_name).stem)
        return replace(found, described=f"{found.described}{told}")
    text, encoding = decoded(content)
    lines = split(text, heading_lines=HEADING_LINES)
    sheet = Sheet(PurePath(file_name).stem, Reading().rows(enumerate(lines, start=1)))
    return book_of((sheet,), f"{CSV}（文字コード：{encoding}）{told}")


def as_rows(found: Book, stem: str) -> Book:
    """Return a book in which each row of a table is a place, where another system has written it otherwise."""
    sheets, told = [], ""
    for sheet in found.sheets:
        rows = sheet.rows
        if mieruka.is_one(sheet.name, rows):
            rows, told = mieruka.unfolded(rows, stem)
        sheets.append(replace(sheet, rows=rows))
    return Book(tuple(sheets), f"{found.described}{told}")


def read_xlsx(content: bytes) -> Book:
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        look_inside(content, LIMITS)
        sheets = sheets_of(content)
    except Unreadable:
        raise
    except (InvalidFileException, ExpatError, *DAMAGED) as error:
        raise Unreadable(NOT_EXCEL) from error
    names = "、".join(f"「{sheet.name}」" for sheet in sheets[:SHEETS_TOLD])
    more = "ほか" if len(sheets) > SHEETS_TOLD else ""
    return book_of(sheets, f"Excel（シート{names}{more}）")


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """Read the visible sheets one after the other: their lines never stand in memory twice.

    The library reads the parts around them, and no sheet: it would look through each for its size.
    """
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    reader = ExcelReader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    formats, reading = Formats(reader.wb, reader.shared_strings), Reading()
    found = []
    for sheet, part in reader.parser.find_sheets():
        if sheet.state == "visible" and is_table(part) and part.target in reader.valid_files:
            with reader.archive.open(part.target) as file:
                found.append(Sheet(sheet.name, reading.rows(plain_rows.Rows(formats).lines(file))))
    return tuple(found)


def is_table(part: Any) -> bool:
    return "chartsheet" not in part.Type


def book_of(sheets: tuple[Sheet, ...], described: str) -> Book:
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable(NO_TABLE)
    return Book(sheets, described)


class Reading:
    """Keeps the rows of one file, and counts the cells of all its sheets."""

    def __init__(self) -> None:
        self.cells = 0
        self.known: dict[str, str] = {}

    def rows(self, lines: Iterable[tuple[int, list[str]]]) -> tuple[tuple[str, ...], ...]:
        """Return the rows up to the last that holds anything. Raises Unreadable at what is too much."""
        rows: list[tuple[str, ...]] = []
        for number, line in lines:
            if not (row := self.row(line)):
                continue
            if number > MOST_ROWS:
                raise Unreadable(TOO_LONG)
            rows.extend(() for _ in range(number - 1 - len(rows)))
            rows.append(row)
        return tuple(rows)

    def row(self, line: list[str]) -> tuple[str, ...]:
        width = len(line)
        while width and not line[width - 1].strip():
            width -= 1
        if width > MOST_COLUMNS:
            raise Unreadable(TOO_WIDE)
        self.cells += width
        if self.cells > MOST_CELLS:
            raise Unreadable(TOO_MUCH)
        texts = line[:width]
        # What is new is kept as long as there is room; get and setdefault are called for each cell.
        kept = self.known.setdefault if len(self.known) < MOST_KNOWN else self.known.get
        return tuple(map(kept, texts, texts))
