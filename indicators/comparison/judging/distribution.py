"""Where a municipality stands among others, without their names: what others have submitted, as a distribution.

The rule: nothing is told below `LEAST` municipalities with a number, nor where all the others have one
that is printed the same (the distribution would be everybody's value), and of counts neither end (the largest
municipality has the largest count, so that its end has a name). Hidden values are no part of it. A reader
sees one group of an indicator and year: where two groups differ by few, `are_apart` says no, for
the difference of their distributions would be the value of those few.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from indicators.arithmetic.printing import half_up
from indicators.choices import ValueKind
from indicators.models import SubmittedValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from decimal import Decimal

    from indicators.models import Definition
    from municipalities.models import Municipality

# As many with data as quartiles need to say something (ux.md 2.13).
LEAST = 8
TOO_FEW = "比べられる市町村が少ない"


@dataclass(frozen=True, slots=True)
class Distribution:
    """`rank` counts from the highest value; equal values share the better one. Ends of counts are None."""

    count: int
    first: Fraction
    median: Fraction
    third: Fraction
    minimum: Decimal | None
    maximum: Decimal | None
    rank: int | None = None


def summary(
    values: Mapping[str, Decimal], *, own: str, decimals: int, has_ends: bool = True
) -> Distribution | None:
    """Return the distribution of values by municipality; None where it would tell of one of them.

    `decimals`: as many as are printed, so that others with the same number on paper count as equal.
    """
    others = [value for code, value in values.items() if code != own]
    if len(values) < LEAST or are_printed_alike(others, decimals):
        return None
    ordered = sorted(values.values())
    first, median, third = (_at(ordered, Fraction(part, 4)) for part in (1, 2, 3))
    return Distribution(
        count=len(ordered),
        first=first,
        median=median,
        third=third,
        minimum=ordered[0] if has_ends else None,
        maximum=ordered[-1] if has_ends else None,
        rank=rank_of(values, own),
    )


def are_printed_alike(values: Iterable[Decimal], decimals: int) -> bool:
    return len({half_up(Fraction(one), decimals) for one in values}) == 1


def rank_of(values: Mapping[str, Decimal], own: str) -> int | None:
    if own not in values:
        return None
    return 1 + sum(value > values[own] for value in values.values())


def _at(ordered: list[Decimal], part: Fraction) -> Fraction:
    """Return a quantile by linear interpolation, exactly."""
    place = part * (len(ordered) - 1)
    below = int(place)
    low, high = (Fraction(ordered[min(one, len(ordered) - 1)]) for one in (below, below + 1))
    return low + (high - low) * (place - below)


def are_apart(one: Collection[str], other: Collection[str]) -> bool:
    """Say whether two groups with data may both be shown to one reader: they differ by nobody or by many."""
    differences = len(set(one) - set(other)), len(set(other) - set(one))
    return all(number == 0 or number >= LEAST for number in differences)


def of_group(
    definition: Definition, fiscal_year: int, codes: Collection[str], *, own: str
) -> Distribution | None:
    """Return the distribution of an indicator among the municipalities of these codes, in one query."""
    rows = SubmittedValue.objects.known().filter(
        code=definition.code, fiscal_year=fiscal_year, municipality__code__in=codes
    )
    values = dict(rows.order_by().values_list("municipality__code", "value"))
    return summary(values, own=own, decimals=definition.decimals, has_ends=has_ends(definition))


def has_ends(definition: Definition) -> bool:
    return definition.value_kind != ValueKind.COUNT


@dataclass(frozen=True, slots=True)
class Position:
    """Where a municipality stands in its prefecture: the newest year that it has submitted itself."""

    definition: Definition
    fiscal_year: int
    distribution: Distribution | None

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Return the figures as they are shown, from the lowest to the highest."""
        found = self.distribution
        if found is None:
            return []
        told = (
            ("最小", found.minimum),
            ("下から4分の1", found.first),
            ("中央値", found.median),
            ("上から4分の1", found.third),
            ("最大", found.maximum),
        )
        return [(word, self._printed(value)) for word, value in told if value is not None]

    def _printed(self, value: Decimal | Fraction) -> str:
        number = half_up(Fraction(value), self.definition.decimals)
        return f"{number:,f}{self.definition.unit}"


def position(definition: Definition, municipality: Municipality, *, until: int) -> Position | None:
    """Return where the municipality stands among those of its prefecture; None where it has submitted nothing.

    One query however many there are.
    """
    rows = SubmittedValue.objects.known().filter(
        code=definition.code,
        fiscal_year__lte=until,
        municipality__prefecture=municipality.prefecture_id,
    )
    found = list(rows.order_by().values_list("fiscal_year", "municipality__code", "value"))
    own = [year for year, code, _ in found if code == municipality.code]
    if not own:
        return None
    values = {code: value for year, code, value in found if year == max(own)}
    told = summary(
        values,
        own=municipality.code,
        decimals=definition.decimals,
        has_ends=has_ends(definition),
    )
    return Position(definition, max(own), told)
