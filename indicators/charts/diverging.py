"""The chart as one bar that lies across a middle line: the steps of a scale, the bad ones left, the good ones right.

The steps are the categories of the chart, the worst first, in its first series. Of an odd number of steps
the middle one lies half on either side.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.charts.across import LINE
from indicators.charts.svg import LETTER, WIDTH, width_of

if TYPE_CHECKING:
    from indicators.charts.structure import Chart

BAR, TOP, GAP = 36, 8, 12
# From the worst to the best by their distance from the middle; ink that is read on each (4.5 : 1).
BAD, GOOD = ("#f9c8a8", "#e07a3a", "#9a3300"), ("#b9d6f2", "#5b93cf", "#003f82")
MIDDLE = "#e6e6e6"
DARK, LIGHT = "#1a1a1a", "#ffffff"


@dataclass(frozen=True, slots=True)
class Segment:
    """One step: where its part of the bar lies, its colour, and its number where there is room."""

    x: float
    width: float
    fill: str
    ink: str
    number: str
    name: str
    key_y: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Diverging:
    width: int
    height: int
    top: int
    bar: int
    zero: float
    segments: tuple[Segment, ...]


def diverging(chart: Chart) -> Diverging:
    """Lay the steps out. Both sides have the scale of the longer one, so that the middle line stays in the middle."""
    shares = [Fraction(point.value or 0) for point in chart.series[0].points]
    half = Fraction(len(shares), 2)
    left = sum(shares[: len(shares) // 2], Fraction(0)) + middle_half(shares)
    right = sum(shares, Fraction(0)) - left
    full = max(left, right) or Fraction(1)
    zero = Fraction(WIDTH, 2)
    x, found = zero - left / full * zero, []
    for place, (name, share) in enumerate(zip(chart.categories, shares, strict=True)):
        width = share / full * zero
        fill, ink = colour(place, half)
        number = chart.words(chart.series[0].points[place])
        shown = number if width_of(number) + LETTER < width else ""
        key_y = TOP + BAR + LINE * (place + 1) + GAP
        key = f"{name}　{number}{chart.unit}"
        found.append(
            Segment(round(float(x), 1), round(float(width), 1), fill, ink, shown, key, key_y)
        )
        x += width
    height = TOP + BAR + LINE * len(shares) + 2 * GAP
    return Diverging(WIDTH, height, TOP, BAR, float(zero), tuple(found))


def middle_half(shares: list[Fraction]) -> Fraction:
    """Return half of the middle step; nothing of an even number of steps."""
    return shares[len(shares) // 2] / 2 if len(shares) % 2 else Fraction(0)


def colour(place: int, half: Fraction) -> tuple[str, str]:
    """Return the colour of a step and of the number on it: the farther from the middle, the stronger."""
    offset = Fraction(2 * place + 1, 2) - half
    if not offset:
        return MIDDLE, DARK
    distance = abs(offset) / half
    strength = 2 if distance > Fraction(2, 3) else 1 if distance > Fraction(1, 3) else 0
    return (GOOD if offset > 0 else BAD)[strength], LIGHT if strength == len(GOOD) - 1 else DARK
