"""Workbooks of 見える化システム: their tables are turned into one row for each place. Pure.

No workbook of the system was at hand. How its tables stand is known from programs of others that read them, and from lists
that these have made of 90 workbooks (README of the data): the first cell tells the day of output, 「行1」「列1」 fill empty
axes; in a 時系列 a row is a place and a series with its unit, in a 地域別 a column is a place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from indicators.intake.layouts.shape import NUMBER, kind_of
from indicators.intake.layouts.table import at

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = tuple[str, ...]

TABLE, OUTPUT = "表形式", "出力日"
FILLER = re.compile(r"[行列]\d+")
TOTAL = "合計"
ROWS_LOOKED_AT = 12
# In a column of labels and beside it, the places of a 地域別 begin.
LABELS, FIRST_PLACE, ENOUGH_PLACES = 2, 3, 2
PLACES = 2
# 「R6（R7/2月サービス提供分まで）」 is the year before the brackets.
PERIOD = re.compile(r"\s*((?:令和|平成|[RH])(?:元|\d{1,2})(?:年度)?)\s*[（(].*[）)]\s*", re.DOTALL)
VARIANT, SQUARE, ROUND = (re.compile(one) for one in ("【[^】]*】", r"\[[^\]]*\]", r"\([^()]*\)"))
# Adjusted to another standard than the other places: not to be compared with them.
OWN_STANDARD, ADJUSTED = "注目する地域のみ", "調整済み"
TURNED = "（地域が横に並ぶ表を、縦に直しました）"
CHOSEN = "（系列「{name}」の行だけを読みました）"
UNCHOSEN = "（系列が{count}あり、どれを読むか決まりません。読む系列の行だけを残して、保存し直してください）"


def is_one(name: str, rows: Sequence[Row]) -> bool:
    """Whether a sheet is a table of the system."""
    return name.startswith(TABLE) and bool(rows) and at(rows[0], 1).startswith(OUTPUT)


def unfolded(rows: Sequence[Row], stem: str) -> tuple[tuple[Row, ...], str]:
    """Return one row for each place, and what people have to know of it. `stem` is the name of the file."""
    plain = [
        tuple(as_written(text, is_head=number < ROWS_LOOKED_AT) for text in row)
        for number, row in enumerate(rows)
    ]
    for number, row in enumerate(plain[:ROWS_LOOKED_AT]):
        if sum(is_place(text) for text in row[FIRST_PLACE - 1 :]) >= ENOUGH_PLACES:
            return turned(plain[number:]), TURNED
    return of_one_series(plain, stem)


def as_written(text: str, *, is_head: bool) -> str:
    """Return what a cell says: nothing for a filler, the year alone of a period that is explained."""
    if FILLER.fullmatch(text.strip()):
        return ""
    period = PERIOD.fullmatch(text) if is_head else None
    return period[1] if period else text


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


def of_one_series(rows: Sequence[Row], stem: str) -> tuple[tuple[Row, ...], str]:
    """Return the rows in their places; of several series only those of the one that the file is about."""
    places = PLACES + has_prefectures(rows)
    rows = filled_down(rows, places)
    named = [
        (number, at(row, places + 1).strip())
        for number, row in enumerate(rows)
        if is_place(at(row, places)) and is_series(at(row, places + 1))
    ]
    series = list(dict.fromkeys(name for _, name in named))
    if len(series) <= 1:
        return tuple(rows), ""
    chosen = series_of_file(series, stem)
    left_out = {number for number, name in named if name != chosen}
    kept = tuple(() if number in left_out else row for number, row in enumerate(rows))
    return kept, CHOSEN.format(name=chosen) if chosen else UNCHOSEN.format(count=len(series))


def has_prefectures(rows: Sequence[Row]) -> bool:
    """Whether a column of prefectures stands before the one of the towns."""
    pairs = sum(is_place(at(row, PLACES)) and is_place(at(row, PLACES + 1)) for row in rows)
    return pairs >= ENOUGH_PLACES


def filled_down(rows: Sequence[Row], places: int) -> list[Row]:
    """Return the rows with their place: of merged cells the first row alone bears it, the other series are below."""
    found, place = [], ""
    for row in rows:
        here = at(row, places).strip()
        place = here or place
        is_below = not here and is_place(place) and is_series(at(row, places + 1))
        has_number = any(NUMBER.fullmatch(text.strip()) for text in row[places + 1 :])
        is_filled = is_below and has_number
        found.append((*row[: places - 1], place, *row[places:]) if is_filled else row)
    return found


def is_series(text: str) -> bool:
    """Whether a cell beside a place names a series: where there is none, the numbers begin there."""
    return bool(text.strip()) and not NUMBER.fullmatch(text.strip())


def series_of_file(names: Sequence[str], stem: str) -> str:
    """Return the one series that a file is about, nothing where none or several may be meant.

    It is called as the file is, or 合計 and the same without brackets, or is the only 合計 of them.
    """
    plain = "".join(unicodedata.normalize("NFKC", stem).split())
    called = {SQUARE.sub("", part) for part in plain.split("_")}
    shortly = {ROUND.sub("", part) for part in called}
    for fits in (
        called.__contains__,
        lambda name: name.startswith(TOTAL) and ROUND.sub("", name[len(TOTAL) :]) in shortly,
        lambda name: name.startswith(TOTAL),
    ):
        found = [name for name in names if (own := bare(name)) and fits(own)]
        if len(found) == 1:
            return found[0]
    return ""


def bare(name: str) -> str:
    """Return a series as it is compared; nothing for one that stands for its own place alone."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    if OWN_STANDARD in plain and ADJUSTED in plain:
        return ""
    return VARIANT.sub("", plain)
