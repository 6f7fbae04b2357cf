"""How a number is printed: half-up, thousands grouped, states in words. Pure."""

from decimal import Decimal
from fractions import Fraction

from indicators.choices import ValueState
from municipalities import numerals

STATE_MARKS = {
    ValueState.NOT_ENTERED: "（未入力）",
    ValueState.NOT_APPLICABLE: "－",
    ValueState.UNKNOWN: "不明",
    ValueState.SUPPRESSED: "x",
}


def printed(value: Decimal | None, *, state: str, unit: str, decimals: int) -> str:
    """Return 「270,685人」 or 「26.2％」; 14/224 = 6.25 prints as 6.3 (half-up)."""
    if state != ValueState.VALUE or value is None:
        return STATE_MARKS[ValueState(state)]
    return f"{numerals.grouped(value, places=decimals)}{unit}"


def half_up(number: Fraction, decimals: int) -> Decimal:
    """Return an exact number with so many decimals, half away from zero; never 「-0.0」."""
    scaled = abs(number) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if number > 0 else -whole).scaleb(-decimals)
