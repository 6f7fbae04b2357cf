"""The same people asked twice: who they are, and how far apart their two answers lie; pure.

Shares of the same people are compared by Newcombe's interval for paired data (R. G. Newcombe, 1998, Statistics in
Medicine 17, 2635-2650, method 10): Wilson's two intervals joined with the correlation of the two answers.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.arithmetic.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Joined:
    """Places of the same people in the earlier and the later answers; `unclear`: codes that somebody else has too."""

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    unclear: int = 0

    @property
    def n(self) -> int:
        return len(self.before)


@dataclass(frozen=True, slots=True)
class Fourfold:
    """How many said it both times, the first time alone, the second time alone, never."""

    both: int
    lost: int
    gained: int
    neither: int

    @property
    def n(self) -> int:
        return self.both + self.lost + self.gained + self.neither

    @property
    def before(self) -> int:
        return self.both + self.lost

    @property
    def after(self) -> int:
        return self.both + self.gained


def joined(before: Sequence[str], after: Sequence[str]) -> Joined:
    """Join answers by the code that each respondent chose; a code that is there twice joins nobody."""
    counts = Counter(before), Counter(after)
    shared = [code for code in dict.fromkeys(before) if code and code in counts[1]]
    clear = [code for code in shared if counts[0][code] == counts[1][code] == 1]
    first = {code: place for place, code in enumerate(before)}
    second = {code: place for place, code in enumerate(after)}
    return Joined(
        tuple(first[code] for code in clear),
        tuple(second[code] for code in clear),
        len(shared) - len(clear),
    )


def interval(found: Fourfold) -> tuple[float, float]:
    """Return the 95 % interval of the later share less the earlier one."""
    now, before = found.after / found.n, found.before / found.n
    low, high = wilson(found.after, found.n)
    low_before, high_before = wilson(found.before, found.n)
    alike = correlation(found)
    difference = now - before
    return (
        difference - _side(now - low, high_before - before, alike),
        difference + _side(high - now, before - low_before, alike),
    )


def _side(one: float, other: float, alike: float) -> float:
    return math.sqrt(max(one * one - 2 * alike * one * other + other * other, 0.0))


def correlation(found: Fourfold) -> float:
    """Return how far the two answers go together, corrected for continuity as method 10 does; 0 where all say one thing."""
    margins = found.before * (found.n - found.before) * found.after * (found.n - found.after)
    if not margins:
        return 0.0
    more: float = found.both * found.neither - found.lost * found.gained
    if more > 0:
        more = max(more - found.n / 2, 0.0)
    return more / math.sqrt(margins)
