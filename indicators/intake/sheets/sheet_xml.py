"""Reads the cells of a worksheet from its XML, three times as fast as the library that opens the workbook. Pure.

What a cell shows is said as `importing.as_text` says it; the archive must have been looked through before
(`importing.look_inside`), which bounds the elements of a sheet and the cells of a line.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from indicators.long_format import FORMULA

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = tuple[int, list[str]]

CHUNK = 1 << 16
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
KINDS: Final = {
    f"{space} {tag}": tag for space in NAMESPACES for tag in ("row", "c", "v", "t", "f", "rPh")
}
# Fifteen digits are what Excel keeps: a shorter whole number is written as it shows.
PLAIN_DIGITS = 15
BEYOND_DATES = "#VALUE!"
LETTERS = 26


class Formats:
    """Which styles of a workbook show a percentage, a day or a time; and its shared texts."""

    def __init__(self, book: Any, texts: Sequence[str]) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        self.texts = texts
        self.epoch = book.epoch
        # The library keeps these for its own reader and offers no other way to them; its version is locked.
        self.days = book._date_formats  # noqa: SLF001
        self.spans = book._timedelta_formats  # noqa: SLF001
        own = dict(enumerate(book._number_formats, start=164))  # noqa: SLF001
        formats = [
            own.get(style.numFmtId) or BUILTIN_FORMATS.get(style.numFmtId, "")
            for style in book._cell_styles  # noqa: SLF001
        ]
        self.percentages = {number for number, code in enumerate(formats) if "%" in code}
        self.special = self.percentages | self.days | self.spans

    def text(self, kind: str, style: int, written: str) -> str:
        """Return what a cell shows that holds something."""
        if kind == "n":
            return self.number(style, written)
        if kind == "s":
            return self.texts[int(written)]
        if kind == "b":
            return str(bool(int(written)))
        if kind == "d":
            from openpyxl.utils.datetime import from_ISO8601

            return day(from_ISO8601(written))
        return written

    def number(self, style: int, written: str) -> str:
        if style not in self.special:
            if written.isdecimal() and written[0] != "0" and len(written) <= PLAIN_DIGITS:
                return written
            # Excel writes a zero with a sign, too.
            return f"{float(written) + 0:.15g}"
        if style in self.percentages:
            return f"{float(written) * 100 + 0:.15g}%"
        return self.moment(style, float(written))

    def moment(self, style: int, number: float) -> str:
        from openpyxl.utils.datetime import from_excel

        try:
            return day(from_excel(number, self.epoch, timedelta=style in self.spans))
        except (OverflowError, ValueError):
            return BEYOND_DATES


def day(value: Any) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, dt.date) else str(value)


class Sheet:
    """Takes the XML of one sheet and gives its lines: the number of each, and its texts up to the last."""

    def __init__(self, formats: Formats) -> None:
        self.formats = formats
        self.ready: list[Line] = []
        self.columns: dict[str, int] = {}
        self.number = self.column = self.style = 0
        self.kind = "n"
        self.is_formula = self.is_reading = self.is_furigana = False
        self.written: list[str] = []
        self.line: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data

    def take(self, written: bytes, *, is_last: bool = False) -> list[Line]:
        """Read on; return the lines that are complete and hold anything.

        Raises ExpatError and ValueError where it is damaged.
        """
        self.parser.Parse(written, is_last)
        ready, self.ready = self.ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = KINDS.get(name)
        if kind == "c":
            self.cell(attributes)
        elif kind in {"v", "t"}:
            self.is_reading = not self.is_furigana
        elif kind == "rPh":
            # ふりがな stands beside a text, not in it.
            self.is_furigana = True
        elif kind == "f":
            self.is_formula = True
        elif kind == "row":
            self.row(attributes)

    def end(self, name: str) -> None:
        kind = KINDS.get(name)
        if kind == "c":
            self.put()
        elif kind in {"v", "t"}:
            self.is_reading = False
        elif kind == "rPh":
            self.is_furigana = False
        elif kind == "row" and self.line:
            self.ready.append((self.number, self.line))

    def data(self, text: str) -> None:
        if self.is_reading:
            self.written.append(text)

    def row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self.number + 1))
        if not self.number < number <= LAST_ROW:
            raise ValueError(number)
        self.number, self.column, self.line = number, 0, []

    def cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column = self.column_of(reference) if reference else self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", 0))
        self.is_formula, self.written = False, []

    def column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self.columns:
            self.columns[letters] = number_of(letters)
        return self.columns[letters]

    def put(self) -> None:
        """Keep a cell that holds anything, at its place in the line."""
        if self.is_formula:
            text = FORMULA
        elif not self.written or not (written := "".join(self.written)):
            return
        else:
            text = self.formats.text(self.kind, self.style, written)
        gap = self.column - 1 - len(self.line)
        if gap < 0:
            raise ValueError(self.column)
        self.line.extend([""] * gap)
        self.line.append(text)


def number_of(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(letters)
    return number
