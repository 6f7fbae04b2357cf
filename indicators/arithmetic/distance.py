"""How far a value is from its target, in words that judge nothing: the judgement is the council's. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from indicators.choices import Direction
from municipalities.japanese import numerals

PERCENT, POINTS = "％", "ポイント"
# What is a height and no amount: it is higher or lower, not more or less.
HEIGHTS = frozenset({PERCENT, POINTS, "段階", "点"})
# 「（0〜3）」 of 「段階（0〜3）」 explains a unit, and reads badly within a sentence.
IN_BRACKETS = re.compile(r"（[^）]*）")
WAYS = {
    Direction.HIGHER: "高いほど良い",
    Direction.LOWER: "低いほど良い",
    Direction.NEUTRAL: "監視",
}


def distance(  # noqa: PLR0913 -- two numbers and how they are printed
    value: Decimal,
    target: Decimal,
    *,
    unit: str,
    decimals: int,
    direction: str,
    exact: Fraction | None = None,
) -> str:
    """Return 「目標より28.5ポイント低い（高いほど良い）」, counted from the printed numbers.

    `exact` is what the value is before rounding, as the verdict compares it: what only prints alike is told apart.
    """
    gap = rounded(value, decimals) - rounded(target, decimals)
    way = WAYS[Direction(direction)]
    if not gap:
        return _alike(Fraction(value) if exact is None else exact, Fraction(target), way)
    unit = IN_BRACKETS.sub("", unit)
    much = f"{numerals.grouped(abs(gap))}{POINTS if unit == PERCENT else unit}"
    side = "高い" if gap > 0 else "低い"
    if unit not in HEIGHTS:
        side = "多い" if gap > 0 else "少ない"
    return f"目標より{much}{side}（{way}）"


def _alike(number: Fraction, target: Fraction, way: str) -> str:
    """Tell on which side of the target a number lies that is printed as the target is."""
    if number == target:
        return f"目標と同じ（{way}）"
    side = "上回る" if number > target else "下回る"
    return f"目標をわずかに{side}（四捨五入する前の値。{way}）"


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
