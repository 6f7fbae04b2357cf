"""Which year of which statistic a column takes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indicators.comparison.reading.published import Key

# At least so many of those with any value: one in so many.
HALF = 2


def chosen(counts: Mapping[Key, int]) -> Key | None:
    """Return the newest year that at least half of those with any value have; of its statistics the fullest."""
    most = max(counts.values(), default=0)
    if not most:
        return None
    full = [key for key, count in counts.items() if count * HALF >= most]
    return max(full, key=lambda key: (key.fiscal_year, counts[key], -key.dataset))


def is_settled(counts: Mapping[Key, int], newest: int, *, places: int) -> bool:
    """Say whether no older year can be chosen any more: half of all places have the newest."""
    return any(
        key.fiscal_year == newest and count * HALF >= places for key, count in counts.items()
    )


def nearest(keys: Iterable[Key], year: int, order: Sequence[int]) -> Key | None:
    """Return the column nearest to a year; of two as near the one of the definition preferred, then the later."""
    return min(
        keys,
        key=lambda key: (
            abs(key.fiscal_year - year),
            order.index(key.definition),
            -key.fiscal_year,
            key.dataset,
        ),
        default=None,
    )
