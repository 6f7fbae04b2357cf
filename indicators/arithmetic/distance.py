"""How far a value is from its target, in words that judge nothing: the judgement is the council's. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

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


def distance(value: Decimal, target: Decimal, *, unit: str, decimals: int, direction: str) -> str:
    """Return 「目標より28.5ポイント低い（高いほど良い）」, counted from the printed numbers."""
    gap = rounded(value, decimals) - rounded(target, decimals)
    way = WAYS[Direction(direction)]
    if not gap:
        return f"目標と同じ（{way}）"
    unit = IN_BRACKETS.sub("", unit)
    much = f"{numerals.grouped(abs(gap))}{POINTS if unit == PERCENT else unit}"
    side = "高い" if gap > 0 else "低い"
    if unit not in HEIGHTS:
        side = "多い" if gap > 0 else "少ない"
    return f"目標より{much}{side}（{way}）"


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
