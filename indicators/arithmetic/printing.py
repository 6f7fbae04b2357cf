"""How a number is printed: half-up, thousands grouped, states in words. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from indicators.choices import ValueState
from municipalities.japanese import numerals

# So many decimals are stored of a value.
KEPT = 4
SCALE = 10**KEPT
STATE_MARKS = {
    ValueState.NOT_ENTERED: "（未入力）",
    ValueState.NOT_APPLICABLE: "－",
    ValueState.UNKNOWN: "不明",
    ValueState.SUPPRESSED: "x",
}


def printed(value: Decimal | None, *, state: str, unit: str, decimals: int) -> str:
    """Return 「270,685人」 or 「26.2％」; 14/224 = 6.25 prints as 6.3 (half-up).

    What is not nothing is never printed as nothing: 0.0096 with one decimal is 「0.01％」.
    """
    if state != ValueState.VALUE or value is None:
        return STATE_MARKS[ValueState(state)]
    return f"{numerals.grouped(rounded(value, decimals))}{unit}"


def in_full(value: Decimal | None, *, state: str, unit: str, decimals: int) -> str:
    """Return the same with all digits of the value: what people check is not rounded first."""
    return printed(value, state=state, unit=unit, decimals=max(decimals, digits_of(value)))


def digits_of(value: Decimal | None) -> int:
    """Return the digits behind the point as they stand."""
    exponent = 0 if value is None else value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return a value half-up with so many decimals; with as many more as it takes not to be nothing."""
    found = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded(value, decimals + 1) if value and not found and decimals < KEPT else found


def half_up(number: Fraction, decimals: int) -> Decimal:
    """Return an exact number with so many decimals, half away from zero; never 「-0.0」."""
    scaled = abs(number) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if number > 0 else -whole).scaleb(-decimals)


def kept(number: Fraction) -> Decimal:
    """Return an exact number with the digits that are stored: half-up, but never so that fewer digits print wrongly.

    12.34995 stays 12.3499, for 12.3500 would print as 12.4 where the exact number is 12.3. What is not nothing stays so.
    """
    return Decimal(kept_scaled(number.numerator * SCALE, number.denominator)).scaleb(-KEPT)


def kept_scaled(above: int, below: int) -> int:
    """Return the same of a quotient, whole: as many as there are of the last digit stored."""
    found, rest = divmod(abs(above), below)
    # On a last digit of 0 or 5 every shorter rounding would be decided anew.
    is_up = 2 * rest >= below and not (rest and (found + 1) % 5 == 0)
    found += is_up or (found == 0 and rest > 0)
    return found if above >= 0 else -found
