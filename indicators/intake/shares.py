"""A share out of its two parts, with the digits that are kept. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from indicators.arithmetic.derivation import STORED_DIGITS, ratio

if TYPE_CHECKING:
    from typing import Any

    from indicators.choices import ValueState


def share(
    above: Decimal | ValueState | None, below: Decimal | ValueState | None, definition: Any
) -> Decimal | ValueState | None:
    """Return the share half-up, so that printing fewer digits of it gives what the exact one would give."""
    careful = ratio(above, below, definition.multiplier)
    if not isinstance(careful, Decimal) or not isinstance(above, Decimal):
        return careful
    exact = above * definition.multiplier / Decimal(str(below))
    usual = rounded(exact, STORED_DIGITS)
    printed = Decimal(1).scaleb(-int(definition.decimals))
    # 12.34995 would become 12.3500 and be printed as 12.4: there the digits of the careful one stay.
    return usual if rounded(usual, printed) == rounded(exact, printed) else careful


def rounded(value: Decimal, digits: Decimal) -> Decimal:
    return value.quantize(digits, rounding=ROUND_HALF_UP)
