"""Is it we alone, or the whole prefecture? One sentence by a fixed rule, with chance considered. Pure.

A value is told from its prefecture's and the nation's only where chance does not explain the
difference (95 %); what prints the same is the same, however many are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.arithmetic.printing import printed
from indicators.comparison.judging import chance
from indicators.comparison.shape import Chance

if TYPE_CHECKING:
    from indicators.comparison.shape import Cell

HIGHER, LOWER, SAME = 1, -1, 0
SIDES = {
    Chance.FAR_ABOVE: HIGHER,
    Chance.ABOVE: HIGHER,
    Chance.WITHIN: SAME,
    Chance.BELOW: LOWER,
    Chance.FAR_BELOW: LOWER,
}
WORDS = {HIGHER: "高い", LOWER: "低い"}
TOO_FEW = "件数や母数が少ない参考値のため、差があるかどうかは判断していません。"
NOT_KNOWN = "{whose}分子と分母が分からないため、差が偶然の範囲かどうかは判断していません。"


@dataclass(frozen=True, slots=True)
class Names:
    """How the place itself and its prefecture are called: 本市, 茨城県."""

    own: str
    prefecture: str


def called(name: str) -> str:
    """Return 本市, 本町, 本村 or 本区 for a municipality's name."""
    return f"本{name[-1]}"


def side(own: Cell, larger: Cell, *, is_share: bool, decimals: int) -> int | None:
    """Say whether a value lies above or below that of a larger place beyond chance; None where nobody can tell."""
    if own.value is None or larger.value is None:
        return None
    if _text(own, decimals) == _text(larger, decimals):
        return SAME
    judged = _chance(own, larger, is_share=is_share)
    return None if judged is None else SIDES[judged]


def _text(cell: Cell, decimals: int) -> str:
    return printed(cell.value, state="value", unit="", decimals=decimals)


def _chance(own: Cell, larger: Cell, *, is_share: bool) -> Chance | None:
    if own.numerator is None or not own.denominator:
        return None
    if larger.numerator is None or not larger.denominator:
        return None
    share = larger.numerator / larger.denominator
    if is_share:
        if own.numerator > own.denominator:
            return None
        return chance.of_share(int(own.numerator), int(own.denominator), float(share))
    return chance.of_count(int(own.numerator), float(share * own.denominator))


def lacking(own: Cell, prefecture: Cell, nation: Cell, names: Names) -> str:
    """Return whose value is told without what it is made of: 「茨城県と全国の」, or nothing."""
    called = ((own, names.own), (prefecture, names.prefecture), (nation, "全国"))
    whose = [
        name
        for cell, name in called
        if cell.value is not None and (cell.numerator is None or not cell.denominator)
    ]
    return f"{'と'.join(whose)}の" if whose else ""


def sentence(
    to_prefecture: int | None, to_nation: int | None, names: Names, *, whose: str = ""
) -> str:
    """Return what the two differences say together; `whose` parts are lacking where nobody can tell."""
    if to_prefecture is None and to_nation is None:
        return NOT_KNOWN.format(whose=whose)
    if to_nation is None or to_prefecture is None:
        return _of_one(to_prefecture, to_nation, names)
    if to_nation == SAME:
        return _like_the_nation(to_prefecture, names)
    word = WORDS[to_nation]
    if to_prefecture == SAME:
        return f"全国より{word}値ですが、{names.prefecture}全体と同じ傾向です。"
    if to_prefecture == to_nation:
        return f"{names.prefecture}・全国のどちらよりも{word}値です。{names.own}に特有の傾向です。"
    return f"全国より{word}値ですが、{names.prefecture}の中では{WORDS[to_prefecture]}値です。{names.own}に特有の傾向です。"


def _like_the_nation(to_prefecture: int, names: Names) -> str:
    if to_prefecture == SAME:
        return f"{names.prefecture}全体とも全国とも同じ傾向です（差は偶然の範囲内です）。"
    return f"全国と同じくらいですが、{names.prefecture}の中では{WORDS[to_prefecture]}値です。"


def _of_one(to_prefecture: int | None, to_nation: int | None, names: Names) -> str:
    """Return the sentence where one of the larger places has no value."""
    name = "全国" if to_prefecture is None else names.prefecture
    found = to_nation if to_prefecture is None else to_prefecture
    if found in WORDS:
        return f"{name}より{WORDS[found]}値です（差は偶然の範囲を超えています）。"
    return f"{name}と同じ傾向です（差は偶然の範囲内です）。"
