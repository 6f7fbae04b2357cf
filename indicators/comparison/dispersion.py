"""By how much places differ besides chance, and limits that are widened by it. Pure (docs/adr/0052).

After D. J. Spiegelhalter, Funnel plots for comparing institutional performance (Statistics in Medicine 24, 2005),
part 4: multiplicative over-dispersion, estimated from winsorised distances.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from indicators.comparison.chance import RARE, VERY_RARE
from indicators.comparison.limits import Limits
from indicators.comparison.pooling import SCALE
from indicators.comparison.shape import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indicators.comparison.pooling import Part

# Among fewer places the estimate itself would be chance.
LEAST_PLACES = 20
# So large a part on either side is pulled in: who lies far out does not widen the limits for themselves.
PULLED_IN = 0.1
NOT_WIDENED = 1.0
WIDENED = (
    "地域どうしの差が、偶然だけで起こるよりも大きい指標です。偶然の範囲を、その分（{:.1f}倍）広げています。"
    "色・*・**と「下位25％」だけの表示も、この範囲で付けるため、四分位の端にあっても色の付かない地域が多くなります（位置は記号で示しています）。"
)
LENT = (
    f"値のある地域が{LEAST_PLACES}に満たず、地域どうしの差の大きさを見積もれないため、"
    "都道府県のすべての市町村で見積もった大きさを使っています。"
)
UNKNOWN = (
    f"値のある地域が{LEAST_PLACES}に満たず、地域どうしの差の大きさを見積もれません。"
    "色・*・**は、偶然だけの範囲で付けているため、目安としてご覧ください。"
)
# The quantiles of the normal distribution that leave so much on one side.
QUANTILES = {RARE: 1.959963984540054, VERY_RARE: 3.090232306167813}


class Widening(NamedTuple):
    """How many times wider than chance limits are, and what is said of it."""

    times: float = NOT_WIDENED
    notes: tuple[str, ...] = ()


class Spread(NamedTuple):
    """An average rate, how many times its limits are widened, and whether it is a share."""

    rate: float
    widened: float
    is_share: bool


def distance(part: Part, mean: Part, *, is_share: bool) -> float:
    """Return how many standard errors a place lies from the average, which lies between nothing and everybody."""
    rate = mean.numerator / mean.denominator
    apart = part.numerator / part.denominator - rate
    return apart / error(rate, part.denominator / SCALE, is_share=is_share)


def error(rate: float, base: float, *, is_share: bool) -> float:
    """Return the standard error of a share, or of a rate of events, among `base`."""
    return math.sqrt(rate * (1 - rate if is_share else 1) / base)


def widening(distances: Sequence[float]) -> float:
    """Return how many times wider limits are than chance alone would make them; 1 where chance explains it all."""
    count = len(distances)
    if count < LEAST_PLACES:
        return NOT_WIDENED
    ordered = sorted(distances)
    least, most = ordered[int(count * PULLED_IN)], ordered[-1 - int(count * PULLED_IN)]
    factor = sum(min(max(one, least), most) ** 2 for one in distances) / count
    # Two standard errors of such a mean above the one that chance would give.
    return math.sqrt(factor) if factor > 1 + 2 * math.sqrt(2 / count) else NOT_WIDENED


def estimated(own: Sequence[float], around: Sequence[float]) -> Widening:
    """Return the widening of places; of too few that of those `around` them, of their whole prefecture."""
    if not own:
        return Widening()
    is_lent = len(own) < LEAST_PLACES
    if is_lent and len(around) < LEAST_PLACES:
        return Widening(notes=(UNKNOWN,))
    times = widening(around if is_lent else own)
    said = () if times == NOT_WIDENED else (WIDENED.format(times),)
    return Widening(times, (*said, LENT) if is_lent else said)


def told(found: Chance, distance: float, widened: float) -> Chance:
    """Return what is told of a place: never more than chance alone would say."""
    apart = abs(distance) / widened
    if found is Chance.WITHIN or apart <= QUANTILES[RARE]:
        return Chance.WITHIN
    if apart > QUANTILES[VERY_RARE]:
        return found
    return NEARER[found]


NEARER = {
    Chance.FAR_ABOVE: Chance.ABOVE,
    Chance.ABOVE: Chance.ABOVE,
    Chance.BELOW: Chance.BELOW,
    Chance.FAR_BELOW: Chance.BELOW,
}


def limits(exact: Limits, base: float, rare: float, spread: Spread) -> Limits:
    """Return the limits by which `told` tells: those of chance or the widened ones, whichever lie farther out."""
    if spread.widened == NOT_WIDENED:
        return exact
    rate = spread.rate
    reach = QUANTILES[rare] * spread.widened * error(rate, base, is_share=spread.is_share)
    low = None if exact.low is None or rate < reach else min(exact.low, rate - reach)
    is_over = spread.is_share and rate + reach > 1
    high = None if exact.high is None or is_over else max(exact.high, rate + reach)
    return Limits(low, high)
