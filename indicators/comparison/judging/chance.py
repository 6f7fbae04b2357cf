"""Whether chance alone explains how far a number lies from the average: the limits of a funnel plot. Pure.

A share is judged by the exact binomial distribution, a count per population by the exact one of
Poisson, both with the average as their mean. Beyond 95 % means that so many or more (so few or
fewer) have a chance of 2.5 % at most, beyond 99.8 % one of 0.1 %.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from indicators.arithmetic.intervals import gamma_share
from indicators.choices import Direction
from indicators.comparison.shape import Chance, Quarter

if TYPE_CHECKING:
    from collections.abc import Callable

RARE, VERY_RARE = 0.025, 0.001
CLOSE = 1e-14
TINY = 1e-300
MOST_STEPS = 100_000
# Stays clear of the limits where bounds decide instead of sums.
MARGIN = 1e-6

SENTENCES = {
    Chance.FAR_ABOVE: "平均より高く、その差は偶然ではまず説明できません（99.8％の範囲の外）。",
    Chance.ABOVE: "平均より高く、その差は偶然の範囲を超えています（95％の範囲の外）。",
    Chance.WITHIN: "平均との差は、偶然の範囲内です。",
    Chance.BELOW: "平均より低く、その差は偶然の範囲を超えています（95％の範囲の外）。",
    Chance.FAR_BELOW: "平均より低く、その差は偶然ではまず説明できません（99.8％の範囲の外）。",
}

HIGHER = frozenset({Chance.FAR_ABOVE, Chance.ABOVE})


def stands_out(quarter: Quarter | None, chance: Chance | None, direction: str) -> bool:
    """Say whether a place is coloured: it has a quarter, and chance neither explains nor contradicts it."""
    if quarter is None or chance is Chance.WITHIN:
        return False
    return not is_split(quarter, chance, direction)


def is_split(quarter: Quarter | None, chance: Chance | None, direction: str) -> bool:
    """Say whether a value lies beyond chance on the other side of the average than of the median.

    Quarters are cut at the median, chance is measured from the average of all: between the two they differ.
    """
    if quarter is None or chance is None or chance is Chance.WITHIN:
        return False
    is_high = (quarter >= Quarter.HIGH) is not (direction == Direction.LOWER)
    return (chance in HIGHER) is not is_high


class Class(NamedTuple):
    """How a value looks, on table and pictures alike: 「q4」, 「h1」 where neither way is better, 「r」 or nothing.

    `is_pale`: without a colour, because chance explains or contradicts the quarter.
    """

    code: str
    is_pale: bool = False


REFERENCE, UNCLASSED = Class("r"), Class("")


def class_of(
    quarter: Quarter | None, chance: Chance | None, direction: str, *, is_reference: bool
) -> Class:
    """Return the class of a value; reasons against a class come before the class."""
    if is_reference:
        return REFERENCE
    if quarter is None:
        return UNCLASSED
    kind = "h" if direction == Direction.NEUTRAL else "q"
    return Class(f"{kind}{quarter:d}", not stands_out(quarter, chance, direction))


def of_share(count: int, base: int, share: float) -> Chance:
    """Judge a part of `base` people against an average share."""
    if not 0 < share < 1:
        return Chance.WITHIN
    return _judged(
        is_low=count < base * share,
        known=_divergence_of_share(count, base, share),
        least=_least_of_share(count, base),
        few=lambda: 1 - beta_share(count + 1, base - count, share),
        many=lambda: beta_share(count, base - count + 1, share),
    )


def of_count(count: int, mean: float) -> Chance:
    """Judge a count of events against what the average would have had it be."""
    if mean <= 0:
        return Chance.WITHIN
    return _judged(
        is_low=count < mean,
        known=mean - count + (count * math.log(count / mean) if count else 0.0),
        least=_least_of_count(count),
        few=lambda: 1 - gamma_share(count + 1, mean),
        many=lambda: gamma_share(count, mean),
    )


def _judged(
    *,
    is_low: bool,
    known: float,
    least: float,
    few: Callable[[], float],
    many: Callable[[], float],
) -> Chance:
    """Class a number by the tail on its side.

    The tail is at most exp(-known), Chernoff's bound, and at least `least` × exp(-known), the chance of
    the very number (Stirling): where they settle it the tail itself need not be summed.
    """
    bound = math.exp(-known)
    if bound < VERY_RARE - MARGIN:
        tail = 0.0
    elif bound * least > RARE + MARGIN:
        tail = 1.0
    else:
        tail = few() if is_low else many()
    if tail > RARE:
        return Chance.WITHIN
    if is_low:
        return Chance.FAR_BELOW if tail <= VERY_RARE else Chance.BELOW
    return Chance.FAR_ABOVE if tail <= VERY_RARE else Chance.ABOVE


def _divergence_of_share(count: int, base: int, share: float) -> float:
    rest = base - count
    found = count * math.log(count / (base * share)) if count else 0.0
    return found + (rest * math.log(rest / (base * (1 - share))) if rest else 0.0)


def _least_of_share(count: int, base: int) -> float:
    """Return 1 ÷ √(8 n q (1 − q)), which the chance of the very number never falls below (R. Ash, 1965)."""
    return 1 / math.sqrt(8 * count * (base - count) / base) if 0 < count < base else 1.0


def _least_of_count(count: int) -> float:
    """Return 1 ÷ (√(2πn) e^(1/12n)), the same for a count by Stirling's formula."""
    return math.exp(-1 / (12 * count)) / math.sqrt(2 * math.pi * count) if count else 1.0


def beta_share(first: float, second: float, share: float) -> float:
    """Return the chance of at least `first` among `first + second - 1`: the regularised incomplete beta function.

    By its continued fraction (Lentz), from the side on which that is short.
    """
    if first <= 0:
        return 1.0
    if second <= 0:
        return 0.0
    scale = math.exp(
        math.lgamma(first + second)
        - math.lgamma(first)
        - math.lgamma(second)
        + first * math.log(share)
        + second * math.log1p(-share)
    )
    if share < (first + 1) / (first + second + 2):
        return scale * _fraction(first, second, share) / first
    return 1 - scale * _fraction(second, first, 1 - share) / second


def _fraction(first: float, second: float, share: float) -> float:
    below = _turned(1 - (first + second) * share / (first + 1))
    above, found = 1.0, below
    for step in range(1, MOST_STEPS):
        for factor in _factors(first, second, share, step):
            below = _turned(1 + factor * below)
            above = 1 + factor / above or TINY
            found *= above * below
        if abs(above * below - 1) < CLOSE:
            break
    return found


def _turned(number: float) -> float:
    return 1 / (number or TINY)


def _factors(first: float, second: float, share: float, step: int) -> tuple[float, float]:
    twice = first + 2 * step
    return (
        step * (second - step) * share / ((twice - 1) * twice),
        -(first + step) * (first + second + step) * share / (twice * (twice + 1)),
    )
