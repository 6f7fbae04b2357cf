"""What a cell of a comparison says beside its number, in whole words: for workbook and paper. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.comparison.judging import chance, telling
from indicators.comparison.shape import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.comparison.shape import Cell, Column

CHANCES = {
    Chance.FAR_ABOVE: "99.8％の範囲の外（平均より高い）",
    Chance.ABOVE: "95％の範囲の外（平均より高い）",
    Chance.WITHIN: "偶然の範囲内",
    Chance.BELOW: "95％の範囲の外（平均より低い）",
    Chance.FAR_BELOW: "99.8％の範囲の外（平均より低い）",
}


def sign(cell: Cell, column: Column) -> str:
    """Return the sign of a cell's quarter and how far it lies beyond chance, as the screen does.

    Where the two contradict each other the sign stands alone, without a colour.
    """
    if cell.is_reference:
        return "参"
    place = telling.glyph(cell.quarter, is_ranked=column.is_ranked) if cell.quarter else ""
    if is_split(cell, column):
        return place
    return place + (telling.CHANCE_MARKS[cell.chance] if cell.chance else "")


def is_coloured(cell: Cell, column: Column) -> bool:
    """A place among the others that chance alone does not explain."""
    stands_out = chance.stands_out(cell.quarter, cell.chance, column.direction)
    return stands_out and not cell.is_reference


def is_split(cell: Cell, column: Column) -> bool:
    return chance.is_split(cell.quarter, cell.chance, column.direction)


def quarter_in_words(cell: Cell, column: Column) -> str:
    """Return the place among the others, counted from the median: the same words on screen, map, workbook and paper."""
    if cell.quarter is None:
        return telling.MEDIAN if cell.is_median else ""
    return telling.words(cell.quarter, is_ranked=column.is_ranked, is_split=is_split(cell, column))


def chance_in_words(cell: Cell) -> str:
    return CHANCES[cell.chance] if cell.chance else ""


def state_in_words(cell: Cell) -> str:
    """Say why there is no number; empty where there is one."""
    return "" if cell.value is not None else telling.MISSING[cell.state]


def in_words(cell: Cell, column: Column) -> str:
    """Say all that is to be said of a cell beside its number."""
    return "　".join(filter(None, _parts(cell, column)))


def _parts(cell: Cell, column: Column) -> Iterator[str]:
    yield state_in_words(cell)
    yield telling.STRUCTURAL_ZERO if cell.is_structural_zero else ""
    yield telling.REFERENCE if cell.is_reference else ""
    yield quarter_in_words(cell, column)
    yield chance_in_words(cell)
    yield cell.word
    yield cell.reply
