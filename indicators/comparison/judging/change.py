"""Whether a number has moved from one time to another by more than chance. Pure.

Two shares are compared by Fisher's exact test (R. A. Fisher, 1934), two counts per population by
the exact binomial test of the later count among both (J. Przyborowski and H. Wilenski, 1940). As in
a funnel plot, beyond 95 % means a tail of 2.5 % at most, beyond 99.8 % one of 0.1 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from indicators.comparison.judging.chance import RARE, VERY_RARE, beta_share

if TYPE_CHECKING:
    from collections.abc import Iterator

NEGLIGIBLE = 1e-17


class Moved(StrEnum):
    """What became of a number, better or worse by its direction."""

    FAR_BETTER = "far_better"  # beyond 99.8 %
    BETTER = "better"  # beyond 95 %
    WITHIN = "within"
    WORSE = "worse"
    FAR_WORSE = "far_worse"

    @property
    def is_better(self) -> bool:
        return self in {Moved.BETTER, Moved.FAR_BETTER}

    @property
    def is_worse(self) -> bool:
        return self in {Moved.WORSE, Moved.FAR_WORSE}


SENTENCES = {
    Moved.FAR_BETTER: "良くなりました。偶然ではまず説明できない変化です（99.8％の範囲の外）。",
    Moved.BETTER: "良くなりました。偶然の範囲を超えた変化です（95％の範囲の外）。",
    Moved.WITHIN: "変化は、偶然の範囲内です。",
    Moved.WORSE: "悪くなりました。偶然の範囲を超えた変化です（95％の範囲の外）。",
    Moved.FAR_WORSE: "悪くなりました。偶然ではまず説明できない変化です（99.8％の範囲の外）。",
}


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted among how many; of a rate `base` is the population, or person-years."""

    count: int
    base: int


def moved(before: Count, after: Count, *, is_share: bool, is_higher_better: bool) -> Moved | None:
    """Judge a change; None where it cannot be: nobody is counted, or more are than there were."""
    pairs = (before, after)
    if any(one.base <= 0 or one.count < 0 for one in pairs):
        return None
    if is_share and any(one.count > one.base for one in pairs):
        return None
    # As fractions, so that equal shares of different bases are equal.
    rise = after.count * before.base - before.count * after.base
    if not rise:
        return Moved.WITHIN
    tail = tail_of_shares(before, after) if is_share else tail_of_counts(before, after)
    return named(tail, is_better=(rise > 0) is is_higher_better)


def named(tail: float, *, is_better: bool) -> Moved:
    """Name a change by the chance of one so large or larger on its side."""
    if tail > RARE:
        return Moved.WITHIN
    if tail > VERY_RARE:
        return Moved.BETTER if is_better else Moved.WORSE
    return Moved.FAR_BETTER if is_better else Moved.FAR_WORSE


def tail_of_counts(before: Count, after: Count) -> float:
    """Return the chance of a split so uneven or more, on its side, if both rates were the same."""
    share = after.base / (before.base + after.base)
    if after.count * before.base > before.count * after.base:
        return beta_share(after.count, before.count + 1, share)
    return 1 - beta_share(after.count + 1, before.count, share)


def tail_of_shares(before: Count, after: Count) -> float:
    """Return the same for two shares, all four margins being given: a tail of the hypergeometric distribution."""
    if after.count * before.base < before.count * after.base:
        before, after = after, before
    # Now the later share is the larger one: so many or more of those with the mark fall to it.
    return math.fsum(_terms(before, after))


def _terms(before: Count, after: Count) -> Iterator[float]:
    """Yield the chances of `after.count`, of one more, and so on, while they matter."""
    marked, total = before.count + after.count, before.base + after.base
    top = min(marked, after.base)
    term = math.exp(
        _ways(after.base, after.count) + _ways(before.base, before.count) - _ways(total, marked)
    )
    for count in range(after.count, top + 1):
        yield term
        if term < NEGLIGIBLE:
            return
        rest = marked - count
        term *= (after.base - count) / (count + 1) * rest / (before.base - rest + 1)


def _ways(many: int, few: int) -> float:
    """Return the logarithm of the number of ways to choose `few` of `many`."""
    return math.lgamma(many + 1) - math.lgamma(few + 1) - math.lgamma(many - few + 1)
