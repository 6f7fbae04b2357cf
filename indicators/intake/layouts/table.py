"""The rows of a table that hold values, without those that tell a part of it once more. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import TableForm
from indicators.intake.layouts.locating import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicators.intake.layouts.layout import Layout
    from indicators.intake.layouts.plan import Plan

    Row = Sequence[str]

# No indicator counts men or women alone: a row of one sex is a part of what is counted.
SEXES = frozenset({"男", "女", "男性", "女性", "男子", "女子"})
ROWS_LOOKED_AT = 60


def at(row: Row, column: int) -> str:
    """Return the text of a column, counted from 1; nothing where the row ends before it."""
    return row[column - 1] if 0 < column <= len(row) else ""


def told_once(rows: Sequence[Row], layout: Layout, plan: Plan) -> Iterator[tuple[int, Row]]:
    """Yield the rows that hold a value, numbered as in the file.

    A table may go on below with another part of what it counts (有床診療所 …): after a line of text alone,
    a place stands there again with other figures. That part is left out.
    """
    measured = sorted({c.number for group in plan.groups for c in group.every})
    by_sex = columns_of_sexes(rows, plan.columns)
    has_parts = layout.form == TableForm.WIDE and plan.year is None
    told: dict[tuple[str, str], Row] = {}
    is_after_text = is_other_part = False
    for number, row in enumerate(rows, start=layout.first_row):
        if not any(at(row, column).strip() for column in measured):
            is_after_text = is_after_text or is_text_alone(row)
            continue
        if any(plain(at(row, column)) in SEXES for column in by_sex):
            continue
        place = (at(row, layout.place_column), at(row, layout.prefecture_column))
        if has_parts and is_after_text:
            is_other_part = told.get(place, row) != row
        is_after_text = False
        if not is_other_part:
            told[place] = row
            yield number, row


def is_text_alone(row: Row) -> bool:
    return sum(bool(text.strip()) for text in row) == 1


def columns_of_sexes(rows: Sequence[Row], taken: set[int]) -> list[int]:
    """Return the columns that say of whom a row is, among those that nothing is taken from."""
    found = {
        number
        for row in rows[:ROWS_LOOKED_AT]
        for number, text in enumerate(row, start=1)
        if plain(text) in SEXES
    }
    return sorted(found - taken)
