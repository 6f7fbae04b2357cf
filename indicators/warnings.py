"""What is strange about a number: sentences that ask, and never keep it from being saved. Pure.

The grid, the form of one value and the list of an indicator's values all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from indicators.printing import printed
from municipalities import fiscal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PERCENT = "％"
HUNDRED = Decimal(100)
# A change is worth a question when it is more than this share of the earlier value …
GREAT_CHANGE = Decimal("0.3")
# … and at least this much in the unit itself: from 2 to 3 cases is no news.
SMALL_STEP = Decimal(5)
SLIPS = (Decimal(10), Decimal(100), Decimal(1000))


class Definition(Protocol):
    """What must be known of an indicator; the rows of both tables of definitions have it."""

    unit: str
    decimals: int


class Number(Protocol):
    """One value of one year; a measurement is one. `value` is None when there is none."""

    fiscal_year: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that is no row yet: what stands in a cell of the grid."""

    fiscal_year: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question about a value: a code for programs, a sentence for people."""

    code: str
    message: str


def doubts(definition: Definition, this: Number, earlier: Iterable[Number]) -> list[Doubt]:
    """Return what is to be asked about a value. `earlier`: the values of other years, in any order.

    It is compared with the latest year before its own that has a value.
    """
    found = [*of_parts(this), *of_range(definition, this)]
    if (last := before(this, earlier)) and (doubt := of_change(definition, this, last)):
        found.append(doubt)
    return found


def before(this: Number, earlier: Iterable[Number]) -> Number | None:
    """Return the latest value of a year before this one's."""
    known = [one for one in earlier if one.value is not None and one.fiscal_year < this.fiscal_year]
    return max(known, key=lambda one: one.fiscal_year, default=None)


def of_parts(this: Number) -> Iterator[Doubt]:
    """Ask about a part that is greater than its whole."""
    if this.numerator is None or this.denominator is None:
        return
    if this.numerator > this.denominator:
        yield Doubt(
            "numerator_over_denominator",
            "分子が分母より大きくなっています。分子と分母を入れ違えていないか確かめてください。",
        )


def of_range(definition: Definition, this: Number) -> Iterator[Doubt]:
    """Ask about a percentage that is less than nothing or more than everything."""
    if definition.unit == PERCENT and this.value is not None and not 0 <= this.value <= HUNDRED:
        yield Doubt(
            "percent_out_of_range",
            "割合が0％から100％の間にありません。小数点の位置と単位を確かめてください。",
        )


def of_change(definition: Definition, this: Number, last: Number) -> Doubt | None:
    """Ask about a slip of the decimal point, or else about a great change."""
    if not this.value or not last.value:
        return None
    year = fiscal.label(last.fiscal_year)
    shown = printed(last.value, state="value", unit=definition.unit, decimals=definition.decimals)
    if times := slip(this.value, last.value):
        return Doubt("times_of_last", f"{year}（{shown}）の{times}です。単位は合っていますか。")
    change = abs(this.value - last.value)
    if change < SMALL_STEP or change <= abs(last.value) * GREAT_CHANGE:
        return None
    way = "増えて" if this.value > last.value else "減って"
    return Doubt(
        "great_change",
        f"{year}（{shown}）から30％を超えて{way}います。数え方が変わったときは、注記に書いてください。",
    )


def slip(value: Decimal, last: Decimal) -> str:
    """Return 「10倍」 or 「100分の1」 when one value is exactly that of the other, else nothing."""
    for times in SLIPS:
        if value == last * times:
            return f"{times}倍"
        if value * times == last:
            return f"{times}分の1"
    return ""
