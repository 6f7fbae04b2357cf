"""What is strange about a number: sentences that ask, and never keep it from being saved. Pure.

The grid, the form of one value and the list of an indicator's values all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any, Protocol

from indicators.arithmetic import accumulating, breaks, periods
from indicators.arithmetic.printing import KEPT, printed, rounded
from indicators.choices import Finality
from municipalities.japanese import dates, fiscal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

PERCENT = "％"
# What is counted, and never less than nothing.
COUNTS = frozenset({"件", "回", "人", "か所", "床", "世帯"})
# What follows a count in its unit: 「人／月（平均）」 「件／年」.
BY, NOTE = "／", "（"
HUNDRED = Decimal(100)
# A change is worth a question when it is more than this share of the earlier value …
GREAT_CHANGE = Decimal("0.3")
# … and at least this much in the unit itself: from 2 to 3 cases is no news.
SMALL_STEP = Decimal(5)
# A value this far from the mean of the years before, in standard deviations, is worth a question …
FAR_OUT = 3
# … where so many of them are known, of so many years.
FEWEST_YEARS, YEARS_BACK = 3, 5
# Codes of doubts.
PARTS_SWAPPED, NEGATIVE, OUT_OF_RANGE = (
    "numerator_over_denominator",
    "negative_count",
    "percent_out_of_range",
)
TIMES_OF_LAST, GREATLY_CHANGED, FRACTION = "times_of_last", "great_change", "fraction_of_count"
UNFINISHED, AHEAD = "final_before_the_end", "as_of_ahead"
SLIPS = (Decimal(10), Decimal(100), Decimal(1000))


class Definition(Protocol):
    """What must be known of an indicator; the rows of both tables of definitions have it."""

    @property
    def unit(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def value_kind(self) -> str: ...


class Number(Protocol):
    """One value of one year; a measurement is one. `value` is None when there is none."""

    @property
    def fiscal_year(self) -> int: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def numerator(self) -> Decimal | None: ...
    @property
    def denominator(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that is no row yet: what stands in a cell of the grid."""

    fiscal_year: int
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    finality: str = ""
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question about a value: a code for programs, a sentence for people."""

    code: str
    message: str


def doubts(
    definition: Definition, this: Number, earlier: Iterable[Number], *, is_partial: bool = False
) -> list[Doubt]:
    """Return what is to be asked about a value. `earlier`: the values of other years, in any order.

    It is compared with the latest year before its own that has a value, of the same definition. One that
    `is_partial` counts a part of its year: less than the year before is no news, more than it is as for any other.
    """
    earlier = breaks.kept(definition, earlier, year=this.fiscal_year)
    found = [*of_parts(this), *of_range(definition, this)]
    last = before(this.fiscal_year, earlier)
    if is_partial and not is_above(this, last):
        return found
    if last and (doubt := of_change(definition, this, last)):
        return [*found, doubt]
    return [*found, *of_spread(definition, this, earlier)]


def before(year: int, earlier: Iterable[Number]) -> Number | None:
    """Return the latest value of a year before this one."""
    known = [one for one in earlier if one.value is not None and one.fiscal_year < year]
    return max(known, key=lambda one: one.fiscal_year, default=None)


def is_above(this: Number, last: Number | None) -> bool:
    """Say whether a value is greater than a last one."""
    if this.value is None or last is None or last.value is None:
        return False
    return this.value > last.value


def of_parts(this: Number) -> Iterator[Doubt]:
    """Ask about a part that is greater than its whole."""
    if this.numerator is None or this.denominator is None:
        return
    if this.numerator > this.denominator:
        yield Doubt(
            PARTS_SWAPPED,
            "分子が分母より大きくなっています。分子と分母を入れ違えていないか確かめてください。",
        )


def is_counted(unit: str) -> bool:
    """Whether a unit counts something, also in a span of time: 「人」 「人／月（平均）」 「件／年」."""
    return unit.partition(BY)[0].partition(NOTE)[0] in COUNTS


def of_range(definition: Definition, this: Number) -> Iterator[Doubt]:
    """Ask about a count or percentage that is less than nothing, or more than everything."""
    if this.value is None:
        return
    if is_counted(definition.unit) and this.value < 0:
        yield Doubt(NEGATIVE, "マイナスの値です。符号を確かめてください。")
    if definition.unit == PERCENT and not 0 <= this.value <= HUNDRED:
        yield Doubt(
            OUT_OF_RANGE,
            "割合が0％から100％の間にありません。小数点の位置と単位を確かめてください。",
        )


def of_change(definition: Definition, this: Number, last: Number) -> Doubt | None:
    """Ask about a slip of the decimal point, or else about a great change."""
    if this.value is None or not last.value or not (code := kind_of_change(this.value, last.value)):
        return None
    year = fiscal.label(last.fiscal_year)
    shown = in_words(definition, last.value)
    if code == TIMES_OF_LAST:
        times = slip(this.value, last.value)
        return Doubt(code, f"{year}の値{shown}の{times}です。単位は合っていますか。")
    way = "増えて" if this.value > last.value else "減って"
    return Doubt(
        code,
        f"{year}の値{shown}から30％を超えて{way}います。数え方が変わったときは、注記に書いてください。",
    )


def kind_of_change(value: Decimal, last: Decimal) -> str:
    """Return the code of what is asked about a value after a last one that is not zero; nothing for no question."""
    change = abs(value - last)
    if change <= abs(last) * GREAT_CHANGE:
        return ""
    if value and slip(value, last):
        return TIMES_OF_LAST
    return GREATLY_CHANGED if change >= SMALL_STEP else ""


def of_digits(definition: Definition, this: Number) -> Iterator[Doubt]:
    """Ask about a number with decimals where whole ones are counted; the mean of whole ones may have some."""
    if this.value is None or not this.value % 1:
        return
    if not accumulating.digits(definition, this.value):
        yield Doubt(FRACTION, "整数で数える指標に、小数が入力されています。値を確かめてください。")


def of_period(definition: Definition, this: Any, today: dt.date) -> Iterator[Doubt]:
    """Ask about a number that is said to be final while the year that it counts has not ended, or of a day to come."""
    if this.value is None:
        return
    is_final = this.finality == Finality.FINAL
    if is_final and periods.unfinished(definition, this.fiscal_year, today):
        yield Doubt(
            UNFINISHED,
            "年度がまだ終わっていません。途中の値なら「速報」にして、いつ現在かを書いてください。",
        )
    if this.finality != Finality.FORECAST and is_ahead(this.as_of, today):
        yield Doubt(
            AHEAD,
            f"時点（{dates.in_wareki(this.as_of)}）が、これから先の日付です。年月日を確かめてください。"
            "先の時点を見込んだ値なら、「見込」にしてください。",
        )


def is_ahead(as_of: dt.date | None, today: dt.date) -> bool:
    """Say whether a day lies beyond this month; numbers of a month are told as of its last day before it comes."""
    return as_of is not None and (as_of.year, as_of.month) > (today.year, today.month)


def of_spread(definition: Definition, this: Number, earlier: Iterable[Number]) -> Iterator[Doubt]:
    """Ask about a value far outside the years before, where the change from last year alone is no news."""
    usual = spread(numbers_before(this.fiscal_year, earlier))
    if this.value is None or usual is None or usual.holds(this.value):
        return
    told = room_in_words(definition, usual.low, usual.high, beside=this.value)
    yield Doubt(
        "outside_spread",
        f"これまでの年度の値の動き（{told}）から外れています。資料の値を確かめてください。",
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a value is expected from the years before: their mean and three standard deviations about it."""

    mean: Decimal
    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        """Say whether a value is no news: within the spread, or nearer to the mean than a small step."""
        return self.low <= value <= self.high or abs(value - self.mean) < SMALL_STEP


def numbers_before(year: int, earlier: Iterable[Number]) -> list[Decimal]:
    """Return the numbers of the last five years before a year, one for each year that has any."""
    by_year = {
        one.fiscal_year: one.value
        for one in earlier
        if one.value is not None and year - YEARS_BACK <= one.fiscal_year < year
    }
    return list(by_year.values())


def spread(numbers: Sequence[Decimal]) -> Spread | None:
    """Return what the numbers of the years before let expect; None while they are too few."""
    if len(numbers) < FEWEST_YEARS:
        return None
    mean = sum(numbers, Decimal()) / len(numbers)
    squares = sum(((one - mean) ** 2 for one in numbers), Decimal())
    reach = FAR_OUT * (squares / (len(numbers) - 1)).sqrt()
    return Spread(mean, mean - reach, mean + reach)


def in_words(definition: Definition, value: Decimal) -> str:
    decimals = accumulating.digits(definition, value)
    return printed(value, state="value", unit=definition.unit, decimals=decimals)


def room_in_words(
    definition: Definition, low: Decimal, high: Decimal, *, beside: Decimal | None = None
) -> str:
    """Return 「96人～104人」: bounds rounded inwards, for what lies outside must not read as lying within.

    They have more decimals than the definition where it takes them to stay in order, or to leave out the value
    that is told `beside` them as it is printed.
    """
    for decimals in range(min(definition.decimals, KEPT), KEPT + 1):
        step = Decimal(1).scaleb(-decimals)
        # A zero without its sign.
        least = low.quantize(step, ROUND_CEILING) + 0
        most = high.quantize(step, ROUND_FLOOR) + 0
        shown = None if beside is None else rounded(beside, decimals)
        if least <= most and (shown is None or not least <= shown <= most):
            break
    unit = definition.unit
    return "～".join(
        printed(one, state="value", unit=unit, decimals=decimals) for one in (least, most)
    )


def limits(definition: Definition, earlier: Iterable[Number], *, year: int) -> list[str]:
    """Return in sentences beyond what a value of this year will be asked about."""
    earlier = breaks.kept(definition, earlier, year=year)
    told = ["0％から100％の間"] if definition.unit == PERCENT else []
    last = before(year, earlier)
    if last and last.value:
        step = max(abs(last.value) * GREAT_CHANGE, SMALL_STEP)
        room = room_in_words(definition, last.value - step, last.value + step)
        told.append(f"{fiscal.label(last.fiscal_year)}の値の上下30％まで（{room}）")
    if usual := spread(numbers_before(year, earlier)):
        room = room_in_words(definition, usual.low, usual.high)
        told.append(f"これまで5年間の値の動きの範囲（{room}）")
    return told


def slip(value: Decimal, last: Decimal) -> str:
    """Return 「10倍」 or 「100分の1」 when one value is exactly that of the other, else nothing."""
    for times in SLIPS:
        if value == last * times:
            return f"{times}倍"
        if value * times == last:
            return f"{times}分の1"
    return ""
