"""Where chance ends around an average: the lines of a funnel plot, by the tails that judge the cells. Pure.

`chance` asks of a count how rare it is; here the count is sought that is just so rare. Between whole
counts the distributions are continued (incomplete beta and gamma functions), so that a place lies
outside a line exactly where its cell says so.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from indicators.arithmetic.intervals import gamma_share
from indicators.comparison.judging.chance import TINY, beta_share
from indicators.comparison.judging.roots import crossing

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSE = 1e-6
# So many standard deviations, and events more, nothing but chance of less than 0.1 % reaches.
FAR, MORE = 4, 10


class Limits(NamedTuple):
    """The rates at which a number is just so rare. None: nothing is so low, or so high, that it were."""

    low: float | None
    high: float | None

    def among(self, base: float) -> Limits:
        """Return counts as rates."""
        return Limits(*(None if one is None else one / base for one in self))


class Tails(NamedTuple):
    """The chances of so few and of so many, and the count that there is at most."""

    few: Callable[[float], float]
    many: Callable[[float], float]
    most: float = math.inf


def of_share(base: float, share: float, rare: float) -> Limits:
    """Return the limits of a part of `base` people; `rare` is the chance of one tail."""
    tails = Tails(
        few=lambda count: 1 - beta_share(count + 1, base - count, share),
        many=lambda count: beta_share(count, base - count + 1, share),
        most=base,
    )
    mean = base * share
    reach = FAR * math.sqrt(mean * (1 - share)) + MORE
    return _limits(tails, mean, reach, rare).among(base)


def of_count(base: float, rate: float, rare: float) -> Limits:
    """Return the limits of a count of events among `base` people, as rates."""
    mean = base * rate
    tails = Tails(
        few=lambda count: 1 - gamma_share(count + 1, mean),
        many=lambda count: gamma_share(count, mean),
    )
    return _limits(tails, mean, FAR * math.sqrt(mean) + MORE, rare).among(base)


def _limits(tails: Tails, mean: float, reach: float, rare: float) -> Limits:
    low = high = None
    if tails.few(0) <= rare:
        low = _where(tails.few, rare, max(0.0, mean - reach), mean)
    top = min(tails.most, mean + reach)
    if tails.many(top) <= rare:
        high = _where(tails.many, rare, top, mean)
    return Limits(low, high)


def _where(tail: Callable[[float], float], rare: float, seldom: float, common: float) -> float:
    """Return the count whose tail is `rare`, between one that is rarer and one that is not."""

    def above(count: float) -> float:
        return math.log(max(tail(count), TINY) / rare)

    return crossing(above, seldom, common, close=CLOSE)
