"""Workbooks of 見える化システム: their tables are turned into one row for each place. Pure.

No workbook of the system was at hand. How its tables stand is known from programs of others that read them (README of the
data): the first cell tells the day of output, 「行1」「列1」 fill empty axes; in a 時系列 a row is a place and a series, in a
地域別 a column is a place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from indicators.intake.shape import kind_of
from indicators.intake.table import at

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = tuple[str, ...]

TABLE, OUTPUT = "表形式", "出力日"
FILLER = re.compile(r"[行列]\d+")
TOTAL = "合計"
ROWS_LOOKED_AT = 12
# In a column of labels and beside it, the places of a 地域別 begin.
LABELS, FIRST_PLACE, ENOUGH_PLACES = 2, 3, 2
PLACES, SERIES = 2, 3
TURNED = "（地域が横に並ぶ表を、縦に直しました）"


def is_one(name: str, rows: Sequence[Row]) -> bool:
    """Whether a sheet is a table of the system."""
    return name.startswith(TABLE) and bool(rows) and at(rows[0], 1).startswith(OUTPUT)


def unfolded(rows: Sequence[Row], stem: str) -> tuple[tuple[Row, ...], bool]:
    """Return one row for each place, and whether columns have become rows. `stem` is the name of the file."""
    plain = [tuple("" if FILLER.fullmatch(text.strip()) else text for text in row) for row in rows]
    for number, row in enumerate(plain[:ROWS_LOOKED_AT]):
        if sum(is_place(text) for text in row[FIRST_PLACE - 1 :]) >= ENOUGH_PLACES:
            return turned(plain[number:]), True
    return of_one_series(plain, stem), False


def is_place(text: str) -> bool:
    return bool(kind_of(text))


def turned(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return a table whose columns are places with its places in rows; what has no label is left out."""
    kept = [rows[0], *(row for row in rows[1:] if at(row, LABELS).strip())]
    heading = ("地域", *(at(row, LABELS).strip() for row in kept[1:]))
    width = max(len(row) for row in kept)
    places = [
        tuple(at(row, column) for row in kept)
        for column in range(FIRST_PLACE, width + 1)
        if at(kept[0], column).strip()
    ]
    return (heading, *places)


def of_one_series(rows: Sequence[Row], stem: str) -> tuple[Row, ...]:
    """Return the rows in their places; where a place has several series, those of the one that the file is about."""
    named = [
        (number, at(row, SERIES).strip())
        for number, row in enumerate(rows)
        if is_place(at(row, PLACES))
    ]
    series = dict.fromkeys(name for _, name in named)
    chosen = [name for name in series if is_of_file(name, stem)]
    if len(series) == 1 or len(chosen) != 1:
        return tuple(rows)
    left_out = {number for number, name in named if name != chosen[0]}
    return tuple(() if number in left_out else row for number, row in enumerate(rows))


def is_of_file(name: str, stem: str) -> bool:
    """Whether a series is what a file is about: its total, or the one that its name tells."""
    plain, about = (unicodedata.normalize("NFKC", text).strip() for text in (name, stem))
    return bool(plain) and (plain.startswith(TOTAL) or plain in about.split("_"))
