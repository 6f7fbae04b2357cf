"""What is to be asked about one value beside the earlier ones: of its number, its parts and its digits. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from indicators import long_format
from indicators.arithmetic import breaks, warnings
from indicators.arithmetic.warnings import Doubt
from indicators.measurements import part_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NOT_OF_ITS_PARTS = "not_of_its_parts"


def doubts_of(definition: Any, this: Any, others: Iterable[Any]) -> list[str]:
    """Return sentences that ask about one value, told or stored; none of them keeps it from being saved.

    It is compared with the earlier values of its source and definition, or where there are none, of any source.
    """
    year = this.fiscal_year
    earlier = breaks.kept(definition, (one for one in others if one.fiscal_year < year), year=year)
    same = [one for one in earlier if one.source == this.source]
    is_partial = part_years.is_partial(definition, this)
    asked = warnings.doubts(definition, this, same or earlier, is_partial=is_partial)
    found = [one.message for one in asked]
    if this.value is None:
        return found
    found += [one.message for one in of_ratio(definition, this)]
    return [*found, *(one.message for one in warnings.of_digits(definition, this))]


def of_ratio(definition: Any, this: Any) -> Iterator[Doubt]:
    """Ask about a value that is not printed as its parts make it."""
    if this.value is None or this.numerator is None or not this.denominator:
        return
    expected = long_format.quotient(definition, this.numerator, this.denominator)
    if expected != this.value and expected != this.value.quantize(expected):
        yield Doubt(
            NOT_OF_ITS_PARTS,
            f"分子÷分母から計算すると{expected:,f}です。値か、分子・分母を確かめてください。",
        )
