"""Numerators and denominators that are told beside values: what was submitted has them, and a prefecture's own statistics."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from indicators.choices import ValueKind, ValueState
from indicators.comparison.reading.columns import Counts
from indicators.comparison.reading.published import Key, scaled
from indicators.models import PublishedValue
from indicators.models.definitions import PREFECTURE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any


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


def of_prefecture(definitions: Iterable[Any], places: Collection[str]) -> Parts:
    """Read what is told beside the rates of a prefecture's own definitions: one query, none where there is none.

    Of a national rate its two counts are indicators themselves (`RATIOS`).
    """
    found = Parts()
    rates = [
        one.pk
        for one in definitions
        if one.code.startswith(PREFECTURE_PREFIX) and one.value_kind != ValueKind.COUNT
    ]
    if not rates:
        return found
    rows = PublishedValue.objects.filter(
        definition__in=rates, place_code__in=tuple(places), state=ValueState.VALUE
    )
    rows = rows.filter(numerator__isnull=False).order_by()
    told = rows.annotate(above=scaled("numerator"), below=scaled("denominator"))
    for *key, place, above, below in told.values_list(*Key._fields, "place_code", "above", "below"):
        found.add(Key(*key), place, above, below)
    return found
