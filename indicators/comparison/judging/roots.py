"""Where a function of one number crosses zero. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_STEPS = 60


def crossing(above: Callable[[float], float], first: float, last: float, *, close: float) -> float:
    """Return a number at which `above` is less than `close` away from zero (Illinois rule).

    It lies between `first` and `last`, on which `above` has different signs. After 60 steps what is nearest by then.
    """
    begin, end = (first, above(first)), (last, above(last))
    found = last
    for _ in range(MOST_STEPS):
        found = begin[0] - begin[1] * (end[0] - begin[0]) / (end[1] - begin[1])
        here = above(found)
        if abs(here) < close:
            break
        if (here > 0) == (end[1] > 0):
            begin, end = (begin[0], begin[1] / 2), (found, here)
        else:
            begin, end = end, (found, here)
    return found
