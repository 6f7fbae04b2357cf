"""Which municipalities are most alike: people, age and density, each measured by its own spread. Pure.

Nearness is a help to choose whom to ask, never a judgement. People and density are compared by their
logarithms, so that twice as many is as far as half as many; age by percentage points. Each difference
is divided by the standard deviation among all that are compared, then they are added up as squares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST = 10
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Vitals:
    """What nearness is measured by. `area` is in hectares; None where no statistic tells a measure."""

    code: str
    population: Decimal
    ageing: Decimal | None = None
    area: Decimal | None = None

    @property
    def density(self) -> Decimal | None:
        """People for each hectare."""
        return self.population / self.area if self.area else None


def is_measurable(one: Vitals) -> bool:
    """Nobody lives where nobody is counted: such a place is near to none."""
    return one.population > 0 and one.ageing is not None and (one.area is None or one.area > 0)


def measures(one: Vitals, *, with_density: bool) -> tuple[float, ...]:
    """Return the coordinates of a place, not yet divided by their spread."""
    found = [math.log(one.population), float(one.ageing or 0)]
    if with_density and one.density is not None:
        found.append(math.log(one.density))
    return tuple(found)


def spreads(points: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """Return the standard deviation of each measure; where all are equal 1, for then it tells nothing."""
    return tuple(_deviation(values) or 1.0 for values in zip(*points, strict=True))


def _deviation(values: Sequence[float]) -> float:
    """Sums are exactly rounded, so that the order of the places does not matter."""
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


def distance(one: tuple[float, ...], other: tuple[float, ...], spread: tuple[float, ...]) -> float:
    """Return how far two places lie apart; the same both ways."""
    steps = ((a - b) / wide for a, b, wide in zip(one, other, spread, strict=True))
    return math.sqrt(math.fsum(step * step for step in steps))


@dataclass(frozen=True, slots=True)
class Space:
    """Places as points with the spread of each measure: made once, asked often."""

    places: Mapping[str, Vitals]
    points: Mapping[str, tuple[float, ...]]
    spread: tuple[float, ...]

    def nearest(self, code: str, *, most: int = MOST) -> list[Vitals]:
        """Return the most alike, the nearest first; of equally near ones the lower code. Never the place itself."""
        own = self.points.get(code)
        if own is None:
            return []
        far = {other: distance(own, point, self.spread) for other, point in self.points.items()}
        ranked = sorted(far, key=lambda other: (far[other], other))
        return [self.places[other] for other in ranked if other != code][:most]


def space_of(places: Iterable[Vitals], *, with_density: bool) -> Space:
    """Put places into a space of two measures or three; who lacks one of them is not in it."""
    known = {
        one.code: one
        for one in places
        if is_measurable(one) and (one.density is not None or not with_density)
    }
    points = {code: measures(one, with_density=with_density) for code, one in known.items()}
    return Space(known, points, spreads(list(points.values())))


def nearest(own: Vitals, others: Iterable[Vitals], *, most: int = MOST) -> list[Vitals]:
    """Return the places most like `own`. Density counts where it is known of `own`."""
    space = space_of((own, *others), with_density=own.density is not None)
    return space.nearest(own.code, most=most)


def words(own: Vitals, other: Vitals) -> str:
    """Return 「人口1.2倍・75歳以上の割合＋0.8ポイント・人口密度0.9倍」: the other beside the own."""
    parts = [f"人口{times(other.population, own.population)}"]
    if own.ageing is not None and other.ageing is not None:
        parts.append(f"75歳以上の割合{points_apart(other.ageing, own.ageing)}")
    if own.density and other.density:
        parts.append(f"人口密度{times(other.density, own.density)}")
    return "・".join(parts)


def times(number: Decimal, base: Decimal) -> str:
    share = (number / base).quantize(TENTH, ROUND_HALF_UP)
    if share < TENTH:
        return "0.1倍未満"
    return f"{share:,f}倍"


def points_apart(number: Decimal, base: Decimal) -> str:
    """Return the difference of two rates as they are printed, so that a reader can check it."""
    printed = [one.quantize(TENTH, ROUND_HALF_UP) for one in (number, base)]
    apart = printed[0] - printed[1]
    if not apart:
        return "は同じ"
    return f"{'＋' if apart > 0 else '－'}{abs(apart):f}ポイント"
