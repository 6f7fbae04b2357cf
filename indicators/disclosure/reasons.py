"""Why a value stays in the house, in words for those whose value it is: never told to anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.disclosure.policies import POLICIES
from indicators.disclosure.values import is_small

if TYPE_CHECKING:
    from indicators.disclosure.values import Value

EVERYTHING = (
    "人口の少ない市町村では、人を数えた値から個人が分かるおそれがあるため、すべて伏せます。"
)
DIFFERENCE = "二つの値の差から、伏せた値が計算できるためです。"
UNKNOWN = "何人を数えた割合か分からないためです。分子と分母を入力すると、都道府県の担当者にも見える場合があります。"
FEW = "{least}人（件）未満の数が分かるためです。割合では、数えられなかった側の人数も含みます。"
TOLD_BY_OTHERS = "この値が見えると、伏せたほかの値が計算できるためです。"


def why(one: Value, *, population: int | None) -> str:
    """Return the rule by which a hidden value is hidden; the first that applies."""
    if not is_small(one, population):
        return TOLD_BY_OTHERS
    limits = POLICIES[one.counted].limits(population)
    if limits.hides_everything:
        return EVERYTHING
    if one.kind == "difference":
        return DIFFERENCE
    if one.is_ratio and (one.above is None or one.below is None):
        return UNKNOWN
    return FEW.format(least=limits.least)
