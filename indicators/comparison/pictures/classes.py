"""How a cell looks in a picture: the class, sign and words that the table gives it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indicators.comparison.asking import cell_words
from indicators.comparison.judging import chance, telling
from indicators.comparison.judging.chance import Class
from indicators.comparison.page import heat
from indicators.comparison.shape import Quarter

if TYPE_CHECKING:
    from indicators.comparison.shape import Cell, Column, Place


@dataclass(frozen=True, slots=True)
class Look:
    """`code` is the class of style and pattern; `sign` is empty where words alone tell.

    `is_within`: paler, as in the table, because chance alone may have put it there.
    """

    code: str
    sign: str
    words: str
    is_within: bool = False

    @property
    def said(self) -> str:
        """The words where nothing beside them tells of chance."""
        return f"{self.words}（偶然の範囲内）" if self.is_within else self.words


BEST_FIRST = sorted(Quarter, reverse=True)
RANKED = {one: Look(f"q{one:d}", telling.GLYPHS[one], telling.BETTER[one]) for one in BEST_FIRST}
NEUTRAL = {one: Look(f"h{one:d}", telling.HEIGHTS[one], telling.HIGHER[one]) for one in BEST_FIRST}
WITHIN = {
    one: replace(one, code=f"{one.code}w", is_within=True)
    for one in (*RANKED.values(), *NEUTRAL.values())
}
QUARTERED = tuple(two for one in WITHIN for two in (one, WITHIN[one]))
REFERENCE = Look("reference", "", telling.REFERENCE)
ZERO = Look("zero", "", telling.STRUCTURAL_ZERO)
UNCLASSED = Look("plain", "", "位置を付けていない値")
ABSENT = Look("absent", "", "値なし")
# Another place than those compared, drawn for its outline alone.
OUTSIDE = Look("outside", "", "比べる範囲の外")
ORDER = (*QUARTERED, UNCLASSED, REFERENCE, ZERO, ABSENT, OUTSIDE)
CODES = [one.code for one in ORDER]
# What a class of the table looks like in a picture.
BY_CLASS = {
    chance.REFERENCE: REFERENCE,
    **{Class(one.code): one for one in WITHIN},
    **{Class(one.code, is_pale=True): pale for one, pale in WITHIN.items()},
}


def look(cell: Cell, column: Column) -> Look:
    """Return how a cell looks: the class of the table, and what the table says beside a number without one."""
    if cell.value is None:
        return ABSENT
    if cell.is_structural_zero:
        return ZERO
    found = chance.class_of(
        cell.quarter, cell.chance, column.direction, is_reference=cell.is_reference
    )
    if found is chance.UNCLASSED:
        return replace(UNCLASSED, words=telling.MEDIAN) if cell.is_median else UNCLASSED
    told = BY_CLASS[found]
    if cell_words.is_split(cell, column):
        return replace(told, words=cell_words.quarter_in_words(cell, column), is_within=False)
    return told


def legend(looks: list[Look]) -> list[Look]:
    """Return the classes that occur, the best first and what has no class last."""
    return sorted(dict.fromkeys(looks), key=lambda one: CODES.index(one.code))


def text(cell: Cell, column: Column) -> str:
    """Return 「31.5％」, 「31.5％（速報）」 or the mark of what is missing."""
    if cell.value is None:
        return telling.STATES[cell.state]
    words = f"{heat.text(cell.value, column)}{column.unit}"
    return f"{words}（{cell.word}）" if cell.word else words


def sentence(place: Place, cell: Cell, column: Column) -> str:
    """Return 「水戸市　31.5％　上位25％」: the accessible name of a mark."""
    if cell.value is None:
        return f"{place.name}　{telling.MISSING[cell.state]}"
    return f"{place.name}　{text(cell, column)}　{look(cell, column).said}"


def rank(cell: Cell, column: Column) -> int | None:
    """Return the rank among others; none where there are no others."""
    return cell.rank if column.summary.count > 1 else None


def rank_text(cell: Cell, column: Column) -> str:
    """Return 「12位」, or 「高い方から12番目」 where nothing is better; empty without a rank."""
    found = rank(cell, column)
    return "" if found is None else telling.rank(found, is_ranked=column.is_ranked)


def better(column: Column) -> str:
    """Return where on a line that rises to the right the better ones lie."""
    return {"higher": "右ほど良い指標です", "lower": "左ほど良い指標です"}.get(
        column.direction, "良し悪しを付けない指標で、右ほど値が高いことを表します"
    )
