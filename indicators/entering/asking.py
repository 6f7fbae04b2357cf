"""What is to be asked about one value beside the earlier ones: of its number, its parts and its digits. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators import long_format
from indicators.arithmetic import breaks, warnings
from indicators.verdicts import evaluation

if TYPE_CHECKING:
    from collections.abc import Iterable


def doubts_of(definition: Any, this: Any, others: Iterable[Any]) -> list[str]:
    """Return sentences that ask about one value, told or stored; none of them keeps it from being saved.

    It is compared with the earlier values of its source and definition, or where there are none, of any source.
    """
    year = this.fiscal_year
    earlier = breaks.kept(definition, (one for one in others if one.fiscal_year < year), year=year)
    same = [one for one in earlier if one.source == this.source]
    # Half a year's sum beside a whole year's is no news.
    beside = () if evaluation.is_partial(definition, this) else same or earlier
    found = [one.message for one in warnings.doubts(definition, this, beside)]
    if this.value is None:
        return found
    if this.numerator is not None and this.denominator:
        expected = long_format.quotient(definition, this.numerator, this.denominator)
        if expected != this.value and expected != this.value.quantize(expected):
            found.append(
                f"分子÷分母から計算すると{expected:,f}です。値か、分子・分母を確かめてください。"
            )
    return [*found, *(one.message for one in warnings.of_digits(definition, this))]
