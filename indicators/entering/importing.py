"""Reads a file of the long format: CSV in UTF-8, UTF-16 or Shift_JIS (CP932), or xlsx; every size is bounded first.

It reads texts only: what they mean is said by `indicators/long_format.py`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from indicators.entering import kinds, plain_parts
from indicators.entering.exporting import unguarded
from indicators.entering.kinds import NOT_EXCEL, ZIP, Unreadable
from indicators.long_format import COLUMNS, FORMULA, HEADINGS, LABELS, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 200
MOST_ROWS, MOST_COLUMNS = 20_000, 40
# The library keeps a line whole, with a kilobyte for each cell: 40 KB of file can hold nine million of them.
MOST_CELLS = 1000
MOST_OTHER_ELEMENTS = 100_000
# Beyond the last row of a table Excel often keeps formatted, empty ones.
MOST_LINES = 2 * MOST_ROWS
# What no text holds; and what Python makes of bytes that CP932 does not have.
NO_TEXT = {False: re.compile("\x00"), True: re.compile("[\x00\x80\xa0\uf8f0-\uf8f3]")}
TOO_LONG = f"行が多すぎます。{MOST_ROWS:,}行までのファイルに分けてください。"
NEEDED = ("indicator", "fiscal_year", "value", "source")
NEEDED_TOLD = "見出しの行に、指標・年度・値・出典の4つの列を作ってください（ほかの列は、なくても取り込めます）。"
# A damaged or crafted workbook fails in the libraries in any of these ways.
DAMAGED = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    ParseError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read: its size, and for a workbook what it unpacks to and how many elements it holds."""

    megabytes: int
    unpacked: int
    sheet: int
    texts: int

    @property
    def most_bytes(self) -> int:
        return self.megabytes * MEGABYTE

    @property
    def too_large(self) -> str:
        return f"ファイルが大きすぎます。{self.megabytes}MBまでのファイルに分けてください。"

    def elements(self, name: str) -> int:
        """Return how many elements a part of a workbook may have, by its name."""
        if "worksheets" in name:
            return self.sheet
        return self.texts if "sharedStrings.xml" in name else MOST_OTHER_ELEMENTS


OF_VALUES = Limits(megabytes=5, unpacked=40 * MEGABYTE, sheet=1_500_000, texts=500_000)
LARGEST_FILE, TOO_LARGE = OF_VALUES.most_bytes, OF_VALUES.too_large


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `encoding` is of a CSV, `sheet` of a workbook."""

    rows: tuple[Row, ...]
    encoding: str = ""
    sheet: str = ""
    # What is told of a name that says otherwise than the bytes.
    misnamed: str = ""

    @property
    def described(self) -> str:
        if self.sheet:
            return f"Excel（シート「{self.sheet}」）{self.misnamed}"
        return f"CSV（文字コード：{self.encoding}）{self.misnamed}"


def read(content: bytes, *, file_name: str = "") -> Table:
    """Read a file by what it holds, whatever its name says. Raises Unreadable."""
    check(content, OF_VALUES)
    table = read_xlsx(content) if content.startswith(ZIP) else read_csv(content)
    return replace(table, misnamed=kinds.misnamed(content, file_name))


def check(content: bytes, limits: Limits) -> None:
    """Refuse what can be refused by its first bytes and its size. Raises Unreadable."""
    if len(content) > limits.most_bytes:
        raise Unreadable(limits.too_large)
    kinds.refuse(content)


def read_csv(content: bytes) -> Table:
    text, encoding = decoded(content)
    rows = (
        Row(row.number, {name: unguarded(cell) for name, cell in row.cells.items()})
        for row in rows_of(split(text))
    )
    return Table(tuple(rows), encoding=encoding)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return in_encoding(content, "utf-16", "UTF-16")
    try:
        return in_encoding(content, "utf-8-sig", "UTF-8")
    except Unreadable:
        return in_encoding(content, "cp932", "Shift_JIS")


def in_encoding(content: bytes, codec: str, name: str) -> tuple[str, str]:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(no_text(content[: error.start].count(b"\n"))) from error
    if strange := NO_TEXT[codec == "cp932"].search(text):
        raise Unreadable(no_text(text.count("\n", 0, strange.start())))
    return text, name


def no_text(lines_before: int) -> str:
    return f"{lines_before + 1}行目の文字を読めません。「CSV UTF-8」として保存し直してください。"


def split(text: str, *, heading_lines: int = 1) -> Iterator[list[str]]:
    """Yield the cells of each line; commas or tabs stand between them, as the first lines tell."""
    head = "\n".join(text.split("\n", heading_lines)[:heading_lines])
    if ";" in head and "," not in head:
        raise Unreadable("列の区切りがセミコロン（;）です。カンマ区切りで保存し直してください。")
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(
            'CSVファイルとして読めません。引用符（"）の数と、セルの長さを確かめてください。'
        ) from error


def read_xlsx(content: bytes) -> Table:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        look_inside(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS + 1)
        rows = rows_of([as_text(cell) for cell in line] for line in lines)
    except Unreadable:
        raise
    except (InvalidFileException, *DAMAGED) as error:
        raise Unreadable(NOT_EXCEL) from error
    return Table(tuple(rows), sheet=sheet.title)


def look_inside(content: bytes, limits: Limits = OF_VALUES) -> None:
    """Refuse an archive that would unpack to more than its worth, before the library unpacks anything of it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        refuse_strange(archive.infolist(), limits)
        for one in archive.infolist():
            # Any part may be called a sheet, whatever its name says; a picture is no XML from its first byte.
            with archive.open(one) as member:
                most = limits.elements(one.filename)
                if plain_parts.is_small(member, elements=most, cells=MOST_CELLS):
                    continue
            with archive.open(one) as member, suppress(expat.ExpatError):
                Census(one.filename, limits).take(member)


class Census:
    """Counts the elements of one part of a workbook, and stops at what no table of ours holds."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.left = limits.elements(name)
        self.too_large = limits.too_large
        self.cells = 0

    def take(self, member: IO[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.element
        parser.EntityDeclHandler = self.entity
        parser.ParseFile(member)

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """Count an element; cells also by their line."""
        self.left -= 1
        kind = name.rpartition(" ")[2]
        self.cells = 0 if kind == "row" else self.cells + (kind == "c")
        if self.left < 0 or self.cells > MOST_CELLS:
            raise Unreadable(self.too_large)

    def entity(self, *declared: Any) -> None:
        """No program writes entities into a workbook."""
        raise Unreadable(NOT_EXCEL)


def refuse_strange(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse by the list of what is inside: no workbook, encrypted, too many parts or too large."""
    kinds.refuse_parts({one.filename for one in members})
    if any(one.flag_bits & 1 for one in members):
        raise Unreadable(NOT_EXCEL)
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > limits.unpacked:
        raise Unreadable(limits.too_large)


def as_text(cell: Any) -> str:
    """Return what a cell shows: a percentage as one, a day as one; a formula is none."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float | int) and not isinstance(value, bool):
        # Excel keeps binary fractions; fifteen digits are what it shows.
        is_percentage = "%" in str(cell.number_format)
        return f"{value * 100:.15g}%" if is_percentage else f"{value:.15g}"
    return str(value)


def rows_of(lines: Iterable[list[str]]) -> list[Row]:
    """Match the columns by the header; keep the rows that hold anything, numbered as in the file."""
    places: dict[str, int] | None = None
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        if not any(text.strip() for text in line):
            continue
        if places is None:
            places = header(line)
            continue
        rows.append(Row(number, {name: cell_at(line, place) for name, place in places.items()}))
        if len(rows) > MOST_ROWS:
            raise Unreadable(TOO_LONG)
    if not rows:
        raise Unreadable("実績値の行がありません。見出しの次の行から書いてください。")
    return rows


def cell_at(line: list[str], place: int) -> str:
    return line[place] if place < len(line) else ""


def header(line: list[str]) -> dict[str, int]:
    """Return where each column stands; their order is free, and all but a few may be missing.

    Raises Unreadable naming what is wrong.
    """
    written = [unicodedata.normalize("NFKC", text).strip().lower() for text in line]
    named = [HEADINGS.get(text, text) for text in written]
    while named and not named[-1]:
        named.pop()
    told = "見出しの行を直してください。"
    if missing := [name for name in NEEDED if name not in named]:
        raise Unreadable(f"{NEEDED_TOLD}ない列：{'、'.join(LABELS[name] for name in missing)}")
    if strange := [name[:30] or "（空欄）" for name in named if name not in COLUMNS]:
        raise Unreadable(
            f"{told}ひな形にない列は、消すか、ひな形の見出しに直してください。ひな形にない列：{'、'.join(strange[:5])}"
        )
    if twice := [name for name in COLUMNS if named.count(name) > 1]:
        raise Unreadable(f"{told}二つある列：{'、'.join(LABELS[name] for name in twice)}")
    return {name: place for place, name in enumerate(named)}
