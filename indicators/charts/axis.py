"""The axis of values: where it begins and ends, and at which round numbers it is marked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.charts.structure import Chart

STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
MARKS = 5
# Lines that use less than this share of the way up from zero may leave zero out.
FLAT = Decimal("0.5")
# Of a whole no more than this can be: an axis that is marked beyond it looks wrong.
PERCENT, WHOLE = "％", Decimal(100)
# Stands wherever such a picture is drawn: on a page, on paper, on a slide.
NOT_FROM_ZERO = "縦軸は0から始まっていません。"


@dataclass(frozen=True, slots=True)
class Axis:
    """From the lowest mark to the highest, in equal steps; `more` is the room left above the highest."""

    marks: tuple[Decimal, ...]
    more: Decimal = Decimal(0)

    @property
    def low(self) -> Decimal:
        return self.marks[0]

    @property
    def high(self) -> Decimal:
        return self.marks[-1] + self.more

    @property
    def has_zero(self) -> bool:
        return self.low <= 0 <= self.high

    @property
    def note(self) -> str:
        """Say that the axis leaves zero out, where it does: heights then show no proportions."""
        return "" if self.has_zero else NOT_FROM_ZERO

    def share(self, value: Decimal) -> Decimal:
        """Return how far up the axis a value stands, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def axis(chart: Chart) -> Axis:
    """Return an axis that holds every value. Bars begin at zero; so do lines unless they are flat."""
    values = chart.values or (Decimal(0),)
    low, high = min(values), max(values)
    has_bars = any(series.kind == "bar" for series in chart.series)
    from_zero = has_bars or not is_flat(low, high)
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    step = round_step(high - low, finest=Decimal(1).scaleb(-chart.decimals))
    # Room for the numbers of the highest and the lowest point.
    room = step / 4
    first = floor_to(low if from_zero and low == 0 else low - room, step)
    last = ceil_to(high + room, step)
    ends_at_whole = chart.unit == PERCENT and high <= WHOLE < last
    count = int(((WHOLE if ends_at_whole else last) - first) / step)
    marks = tuple(first + step * number for number in range(count + 1))
    return Axis(marks, more=room if ends_at_whole else Decimal(0))


def is_flat(low: Decimal, high: Decimal) -> bool:
    """Say whether values lie so close together that an axis from zero would hide their change."""
    return 0 < low < high and high - low < (1 - FLAT) * high


def round_step(span: Decimal, *, finest: Decimal) -> Decimal:
    """Return 1, 2 or 5 times a power of ten so that a handful of steps fill the span."""
    rough = max(span / MARKS, finest)
    power = Decimal(1).scaleb(rough.adjusted())
    return next(power * step for step in STEPS if power * step >= rough)


def floor_to(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def ceil_to(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_CEILING) * step
