"""How a cell looks wherever it is drawn: one class, one sign, one word for it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import ValueState
from indicators.comparison.shape import Quarter
from indicators.printing import printed

if TYPE_CHECKING:
    from indicators.comparison.shape import Cell, Column, Place


@dataclass(frozen=True, slots=True)
class Look:
    """`code` is the class of style and pattern; `sign` is empty where words alone tell."""

    code: str
    sign: str
    words: str


RANKED = {
    Quarter.LOWEST: Look("q1", "▼▼", "下位25％"),
    Quarter.LOW: Look("q2", "▼", "下位25～50％"),
    Quarter.HIGH: Look("q3", "▲", "上位25～50％"),
    Quarter.HIGHEST: Look("q4", "▲▲", "上位25％"),
}
NEUTRAL = {
    Quarter.LOWEST: Look("n1", "", "低いほうの25％"),
    Quarter.LOW: Look("n2", "", "低いほうの25～50％"),
    Quarter.HIGH: Look("n3", "", "高いほうの25～50％"),
    Quarter.HIGHEST: Look("n4", "", "高いほうの25％"),
}
QUARTERED = (*reversed(RANKED.values()), *reversed(NEUTRAL.values()))
REFERENCE = Look("reference", "", "参考値（少数）")
ZERO = Look("zero", "", "事業所がないための0")
UNCLASSED = Look("plain", "", "区分なし")
ABSENT = Look("absent", "", "値なし")
# Nobody was asked to enter what a statistic lacks.
NOTHING = "－"
# Another place than those compared, drawn for its outline alone.
OUTSIDE = Look("outside", "", "比べる範囲の外")


def look(cell: Cell, column: Column) -> Look:
    """Return the class of a cell; reasons against a class come before the class."""
    if cell.value is None:
        return ABSENT
    if cell.is_structural_zero:
        return ZERO
    if cell.is_reference:
        return REFERENCE
    if cell.quarter is None:
        return UNCLASSED
    return (RANKED if column.is_ranked else NEUTRAL)[cell.quarter]


def legend(looks: list[Look]) -> list[Look]:
    """Return the classes that occur, the best first and what has no class last."""
    order = (*QUARTERED, UNCLASSED, REFERENCE, ZERO, ABSENT, OUTSIDE)
    return [one for one in order if one in looks]


def text(cell: Cell, column: Column) -> str:
    """Return 「31.5％」, 「31.5％（速報）」 or the mark of what is missing."""
    if cell.state == ValueState.NOT_ENTERED:
        return NOTHING
    words = printed(cell.value, state=cell.state, unit=column.unit, decimals=column.decimals)
    return f"{words}（{cell.word}）" if cell.word else words


def sentence(place: Place, cell: Cell, column: Column) -> str:
    """Return 「水戸市　31.5％　上位25％」: the accessible name of a mark."""
    words = look(cell, column).words
    return "　".join((place.name, text(cell, column), *([words] if cell.value is not None else [])))


def rank(cell: Cell, column: Column) -> str:
    """Return 「12位」, or 「高いほうから12番目」 where nothing is better; empty without a rank or others."""
    if cell.rank is None or column.summary.count <= 1:
        return ""
    return f"{cell.rank}位" if column.is_ranked else f"高いほうから{cell.rank}番目"


def better(column: Column) -> str:
    """Return where on a line that rises to the right the better ones lie."""
    return {"higher": "右ほど良い", "lower": "左ほど良い"}.get(
        column.direction, "右ほど値が高い（良し悪しを付けない指標）"
    )
