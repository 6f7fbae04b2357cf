"""How far apart two means are: of different people by Welch's interval, of the same people by that of their differences; pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import LEAST
from indicators.arithmetic.printing import half_up
from surveys.results.over_years import CHANCE, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    Ends = tuple[float, float] | None

RISEN, FALLEN = "平均が上がったといえます", "平均が下がったといえます"
FEW = "nが小さいため参考値です"
SAME = "答えにばらつきがなく、幅を計算できません"
# So much lies outside of an interval, on both sides together.
OUTSIDE = 0.05
PLACES = 2
# One value alone does not vary.
LEAST_VARYING = 2
CLOSE, TINY, MOST_STEPS, HALVINGS = 1e-14, 1e-300, 10_000, 200


@dataclass(frozen=True, slots=True)
class Means:
    """Two means with the n of each, half-up to two decimals; `low` and `high` where an interval can be told."""

    who: str
    n_before: int
    n_after: int
    before: Decimal
    after: Decimal
    difference: Decimal
    low: Decimal | None
    high: Decimal | None
    verdict: str

    @property
    def text(self) -> str:
        """Return 「＋0.42（＋0.10～＋0.74）」."""
        wide = (
            ""
            if self.low is None or self.high is None
            else f"（{signed(self.low)}～{signed(self.high)}）"
        )
        return f"{signed(self.difference)}{wide}"


@dataclass(frozen=True, slots=True)
class Spread:
    """What an interval needs of some numbers. `variance`: of the sample; one number alone has none."""

    n: int
    mean: Fraction
    variance: float | None


def spread(values: Sequence[Decimal]) -> Spread | None:
    """Return how numbers spread; None of none."""
    if not values:
        return None
    return Spread(
        len(values), mean(values), variance(values) if len(values) >= LEAST_VARYING else None
    )


def apart(who: str, before: Sequence[Decimal], after: Sequence[Decimal]) -> Means | None:
    """Compare the means of different people; None where one side is empty."""
    return spread_apart(who, spread(before), spread(after))


def spread_apart(who: str, before: Spread | None, after: Spread | None) -> Means | None:
    """Compare the means of different people of whom their spread is known."""
    if before is None or after is None:
        return None
    return _told(who, before, after, _of_two(before, after))


def moved(who: str, pairs: Sequence[tuple[Decimal, Decimal]]) -> Means | None:
    """Compare the means of the same people, (before, after) of each; None of nobody."""
    before, after = spread([one for one, _ in pairs]), spread([other for _, other in pairs])
    if before is None or after is None:
        return None
    return _told(who, before, after, of_differences([b - a for a, b in pairs]))


def _told(who: str, before: Spread, after: Spread, ends: Ends) -> Means:
    first, second = before.mean, after.mean
    low, high = (half_up(Fraction(end), PLACES) for end in ends) if ends else (None, None)
    return Means(
        who,
        before.n,
        after.n,
        half_up(first, PLACES),
        half_up(second, PLACES),
        half_up(second - first, PLACES),
        low,
        high,
        verdict(ends, min(before.n, after.n)),
    )


def verdict(ends: Ends, n: int) -> str:
    """Say in a layman's words what an interval tells; of few nothing but that they are few."""
    if n < LEAST.answers:
        return FEW
    if ends is None:
        return SAME
    low, high = ends
    return RISEN if low > 0 else FALLEN if high < 0 else CHANCE


def mean(values: Sequence[Decimal]) -> Fraction:
    return Fraction(sum(values, Decimal(0))) / len(values)


def variance(values: Sequence[Decimal]) -> float:
    """Return the variance of a sample of two or more, exact until the end."""
    middle = mean(values)
    return float(sum((Fraction(one) - middle) ** 2 for one in values) / (len(values) - 1))


def welch(before: Sequence[Decimal], after: Sequence[Decimal]) -> Ends:
    """Return the 95 % interval of the later mean less the earlier one (B. L. Welch, 1947); None where nothing varies."""
    first, second = spread(before), spread(after)
    return _of_two(first, second) if first and second else None


def _of_two(before: Spread, after: Spread) -> Ends:
    if before.variance is None or after.variance is None:
        return None
    parts = [before.variance / before.n, after.variance / after.n]
    total = sum(parts)
    if not total:
        return None
    below = sum(
        part * part / (side.n - 1) for part, side in zip(parts, (before, after), strict=True)
    )
    return _around(float(after.mean - before.mean), total, total * total / below)


def of_differences(values: Sequence[Decimal]) -> Ends:
    """Return the 95 % interval of the mean of differences (Student, 1908); None where nothing varies."""
    if len(values) < LEAST_VARYING or not (spread := variance(values)):
        return None
    return _around(float(mean(values)), spread / len(values), len(values) - 1)


def _around(middle: float, squared: float, degrees: float) -> tuple[float, float]:
    half = student(degrees) * math.sqrt(squared)
    return middle - half, middle + half


def student(degrees: float) -> float:
    """Return the quantile of Student's t beyond which 2.5 % lie on each side.

    |t| is larger with the chance I(ν ÷ (ν + t²); ν/2, 1/2), the incomplete beta function, which rises with its argument.
    """
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if beta_share(middle, degrees / 2, 0.5) < OUTSIDE:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees * (1 - high) / high)


def beta_share(at: float, one: float, other: float) -> float:
    """Return the regularised incomplete beta function for 0 < at < 1, by its continued fraction (Lentz)."""
    if at > (one + 1) / (one + other + 2):
        return 1 - beta_share(1 - at, other, one)
    scale = math.exp(
        math.lgamma(one + other)
        - math.lgamma(one)
        - math.lgamma(other)
        + one * math.log(at)
        + other * math.log1p(-at)
    )
    return scale / one / _fraction(at, one, other)


def _fraction(at: float, one: float, other: float) -> float:
    """Return 1 + d₁/(1 + d₂/(1 + …)) of the incomplete beta function."""
    found = above = 1.0
    below = 0.0
    for step in range(1, MOST_STEPS):
        half, is_odd = divmod(step, 2)
        factor = (
            -(one + half) * (one + other + half) * at / ((one + step - 1) * (one + step))
            if is_odd
            else half * (other - half) * at / ((one + step - 1) * (one + step))
        )
        below = 1 / (1 + factor * below or TINY)
        above = 1 + factor / above or TINY
        found *= above * below
        if abs(above * below - 1) < CLOSE:
            break
    return found
