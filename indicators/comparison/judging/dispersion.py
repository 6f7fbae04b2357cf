"""By how much places differ besides chance, and limits that are widened by it. Pure (docs/adr/0061).

The additive model of D. J. Spiegelhalter (Handling over-dispersion of performance indicators, Quality and Safety in
Health Care 14, 2005): a place lies around the average by chance and by what places differ in, the two variances are
summed. The second is estimated as by R. C. Paule and J. Mandel (1982): as so large that distances, told in the whole
spread, are as long as those of a normal distribution; the outermost are pulled in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from indicators.comparison.judging.chance import RARE, VERY_RARE
from indicators.comparison.judging.limits import Limits
from indicators.comparison.judging.pooling import SCALE
from indicators.comparison.judging.roots import crossing
from indicators.comparison.shape import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from indicators.comparison.judging.pooling import Part

# Among fewer places the estimate itself would be chance.
LEAST_PLACES = 20
# So large a part on either side is pulled in: who lies far out does not widen the limits for themselves.
PULLED_IN = 0.1
# The mean square of a standard normal distribution whose outer tenths are pulled in.
PULLED_SQUARE = 0.678_654_558_952_874_7
CLOSE = 1e-9
WIDENED = (
    "地域どうしの差が、偶然だけで起こるよりも大きい指標です。偶然の範囲に、地域どうしのばらつき（標準偏差で{}）を加えています。"
    "ばらつきは、偶然による分を除いて、地域の値が平均からふつうどれだけ離れているかを見積もったものです。"
    "平均から大きく離れた両端1割ずつの地域は、その内側の地域と同じだけ離れているとみなしています"
    "（ポール・マンデル法。ほかの方法で見積もると、違う数になります）。"
    "数える人数が多い地域ほど、偶然だけのときより範囲が大きく広がります。"
    "色・*・**と「下位25％」だけの表示も、この範囲で付けるため、四分位の端にあっても色の付かない地域があります（位置は記号で示しています）。"
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


class Apart(NamedTuple):
    """How far the rate of a place lies from the average, and the standard error by chance alone."""

    by: float
    error: float


class Widening(NamedTuple):
    """The standard deviation of places besides chance, as a rate; 0 where chance explains it all.

    `is_lent`: of all municipalities around, for these are too few. `is_unknown`: nobody could tell.
    """

    between: float = 0.0
    is_lent: bool = False
    is_unknown: bool = False

    def notes(self, printed: str) -> tuple[str, ...]:
        """Return what is said of it; `printed` is the deviation as values are printed."""
        if self.is_unknown:
            return (UNKNOWN,)
        said = (WIDENED.format(printed),) if self.between else ()
        return (*said, LENT) if self.is_lent else said


class Spread(NamedTuple):
    """An average rate, by how much places differ around it, and whether it is a share."""

    rate: float
    between: float
    is_share: bool


def apart(part: Part, mean: Part, *, is_share: bool) -> Apart:
    """Return how far a place lies from the average, which lies between nothing and everybody."""
    rate = mean.numerator / mean.denominator
    by = part.numerator / part.denominator - rate
    return Apart(by, error(rate, part.denominator / SCALE, is_share=is_share))


def error(rate: float, base: float, *, is_share: bool) -> float:
    """Return the standard error of a share, or of a rate of events, among `base`."""
    return math.sqrt(rate * (1 - rate if is_share else 1) / base)


def between(places: Sequence[Apart]) -> float:
    """Return the standard deviation of places besides chance; 0 where chance explains how they differ, or may."""
    import numpy as np

    count = len(places)
    if count < LEAST_PLACES:
        return 0.0
    by, errors = np.array(places).T
    variances = errors * errors
    # Two standard errors of a mean square above the one that chance would give.
    if _length(by / errors) <= 1 + 2 * math.sqrt(2 / count):
        return 0.0
    return math.sqrt(_variance(by, variances, _length(by)))


def _length(distances: Any) -> float:
    """Return the mean square, the outermost pulled in: 1 of distances that are distributed normally."""
    import numpy as np

    cut = int(len(distances) * PULLED_IN)
    ordered = np.sort(distances)
    ordered[:cut], ordered[len(ordered) - cut :] = ordered[cut], ordered[-1 - cut]
    return float(ordered @ ordered) / len(ordered) / PULLED_SQUARE


def _variance(by: Any, variances: Any, most: float) -> float:
    """Return the variance, of `most` at most, at which distances are neither too long nor too short."""
    import numpy as np

    def too_long(variance: float) -> float:
        return _length(by / np.sqrt(variances + variance)) - 1

    return crossing(too_long, 0.0, most, close=CLOSE)


def estimated(own: Sequence[Apart], around: Sequence[Apart]) -> Widening:
    """Return the widening of places; of too few that of those `around` them, of their whole prefecture."""
    if not own:
        return Widening()
    is_lent = len(own) < LEAST_PLACES
    if is_lent and len(around) < LEAST_PLACES:
        return Widening(is_unknown=True)
    return Widening(between(around if is_lent else own), is_lent)


def told(found: Chance, place: Apart, between: float) -> Chance:
    """Return what is told of a place: never more than chance alone would say."""
    distance = abs(place.by) / math.hypot(place.error, between)
    if found is Chance.WITHIN or distance <= QUANTILES[RARE]:
        return Chance.WITHIN
    if distance > QUANTILES[VERY_RARE]:
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
    if not spread.between:
        return exact
    rate = spread.rate
    whole = math.hypot(error(rate, base, is_share=spread.is_share), spread.between)
    reach = QUANTILES[rare] * whole
    low = None if exact.low is None or rate < reach else min(exact.low, rate - reach)
    is_over = spread.is_share and rate + reach > 1
    high = None if exact.high is None or is_over else max(exact.high, rate + reach)
    return Limits(low, high)
