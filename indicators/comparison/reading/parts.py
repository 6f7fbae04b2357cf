"""Numerators and denominators that are told beside values, of what was submitted and of statistics; what stands behind a rate."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from indicators.arithmetic.derivation import UNDIVIDED
from indicators.choices import ValueState
from indicators.comparison.reading.columns import Counts
from indicators.comparison.reading.published import Key, scaled
from indicators.models import PublishedValue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from indicators.comparison.reading.published import Table


class Parts:
    """Both by column and place."""

    def __init__(self) -> None:
        self.above: dict[Key, dict[str, int]] = defaultdict(dict)
        self.below: dict[Key, dict[str, int]] = defaultdict(dict)

    def add(self, key: Key, place: str, above: int | None, below: int | None) -> None:
        if above is not None and below:
            self.above[key][place] = above
            self.below[key][place] = below

    def behind(self, key: Key, years: Sequence[int]) -> Counts | None:
        """Return numerators and denominators of some years, if any are told."""
        keys = [key._replace(fiscal_year=year) for year in years]
        if not any(one in self.above for one in keys):
            return None
        return Counts(
            [self.above.get(one, {}) for one in keys], [self.below.get(one, {}) for one in keys]
        )

    def behind_rate(
        self, key: Key, years: Sequence[int], table: Table, two: Sequence[int]
    ) -> Counts | None:
        """Return what stands behind a rate of a statistic in some years, if anything is known.

        `two`: the definitions of the counts that it is made of (`RATIOS`), where the same statistic tells those. What
        it tells of a place beside the rate itself goes before.
        """
        told = self.behind(key, years)
        if not two:
            return told
        above, below = (
            [table.values.get(Key(part, key.dataset, year), {}) for year in years] for part in two
        )
        if told is None:
            return Counts(above, below)
        return Counts(
            [{**one, **own} for one, own in zip(above, told.above, strict=True)],
            [{**one, **own} for one, own in zip(below, told.below, strict=True)],
        )


def told_beside(
    definitions: Iterable[Any], places: Collection[str], years: Collection[int] = ()
) -> Parts:
    """Read what statistics tell beside the rates of definitions (with `TELLS_PARTS`) in years, or in every year.

    One query, and none where no statistic tells anything beside any of them.
    """
    found = Parts()
    rates = [one.pk for one in definitions if one.tells_parts and one.value_kind not in UNDIVIDED]
    if not rates:
        return found
    rows = PublishedValue.objects.filter(
        definition__in=rates, place_code__in=tuple(places), state=ValueState.VALUE
    )
    rows = rows.filter(fiscal_year__in=tuple(years)) if years else rows
    rows = rows.filter(numerator__isnull=False).order_by()
    told = rows.annotate(above=scaled("numerator"), below=scaled("denominator"))
    for *key, place, above, below in told.values_list(*Key._fields, "place_code", "above", "below"):
        found.add(Key(*key), place, above, below)
    return found
