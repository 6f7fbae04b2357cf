"""Several years as one: numerators and denominators are summed, never the rates. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicators.arithmetic.printing import SCALE, kept_scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Part(NamedTuple):
    """What was counted and among whom, summed over the years that a place has both of."""

    numerator: int
    denominator: int
    years: int


def pooled(
    above: Sequence[Mapping[str, int]], below: Sequence[Mapping[str, int]], places: Iterable[str]
) -> dict[str, Part]:
    """Return the sums of each place over the years; a place without one whole year has no entry."""
    found = {}
    for place in places:
        pairs = [
            (top[place], bottom[place])
            for top, bottom in zip(above, below, strict=True)
            if place in top and place in bottom
        ]
        if pairs:
            tops, bottoms = zip(*pairs, strict=True)
            found[place] = Part(sum(tops), sum(bottoms), len(pairs))
    return found


def rate(part: Part, times: int) -> int | None:
    """Return the rate, ten thousand times as large, as it would be stored; None where nobody is counted."""
    if not part.denominator:
        return None
    return kept_scaled(part.numerator * times * SCALE, part.denominator)


def average(parts: Iterable[Part]) -> Part:
    """Return what all of them together count."""
    above = below = 0
    for part in parts:
        above, below = above + part.numerator, below + part.denominator
    return Part(above, below, 1)
