"""What a cell of a comparison says beside its number, in words: for workbook, paper and hidden text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.comparison.shape import Chance, Quarter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indicators.comparison.shape import Cell, Column

GLYPHS = {Quarter.LOWEST: "▼▼", Quarter.LOW: "▼", Quarter.HIGH: "▲", Quarter.HIGHEST: "▲▲"}
RANKED = {
    Quarter.LOWEST: "下位25％",
    Quarter.LOW: "下位25～50％",
    Quarter.HIGH: "上位25～50％",
    Quarter.HIGHEST: "上位25％",
}
# Where nothing is better: height without a judgement.
UNRANKED = {
    Quarter.LOWEST: "低い方の25％",
    Quarter.LOW: "低い方の25～50％",
    Quarter.HIGH: "高い方の25～50％",
    Quarter.HIGHEST: "高い方の25％",
}
CHANCES = {
    Chance.FAR_ABOVE: "平均より高い（99.8％の範囲の外）",
    Chance.ABOVE: "平均より高い（95％の範囲の外）",
    Chance.WITHIN: "偶然の範囲内",
    Chance.BELOW: "平均より低い（95％の範囲の外）",
    Chance.FAR_BELOW: "平均より低い（99.8％の範囲の外）",
}
NO_DATA = "データなし"
REFERENCE, STRUCTURAL_ZERO = "参考値（少数）", "提供する所がないための0"


def glyph(cell: Cell, column: Column) -> str:
    """Return the sign of a cell's quarter; none where nothing is better."""
    return GLYPHS[cell.quarter] if cell.quarter and column.is_ranked else ""


def quarter_in_words(cell: Cell, column: Column) -> str:
    if cell.quarter is None:
        return ""
    return (RANKED if column.is_ranked else UNRANKED)[cell.quarter]


def chance_in_words(cell: Cell) -> str:
    return CHANCES[cell.chance] if cell.chance else ""


def state_in_words(cell: Cell) -> str:
    """Say why there is no number; empty where there is one."""
    if cell.value is not None:
        return ""
    return NO_DATA if cell.state == ValueState.NOT_ENTERED else str(ValueState(cell.state).label)


def in_words(cell: Cell, column: Column) -> str:
    """Say all that is to be said of a cell beside its number."""
    return "　".join(filter(None, _parts(cell, column)))


def _parts(cell: Cell, column: Column) -> Iterator[str]:
    if cell.value is None:
        yield state_in_words(cell)
    yield STRUCTURAL_ZERO if cell.is_structural_zero else ""
    yield REFERENCE if cell.is_reference else ""
    yield " ".join(filter(None, (glyph(cell, column), quarter_in_words(cell, column))))
    yield chance_in_words(cell)
    yield cell.word
    yield cell.reply
