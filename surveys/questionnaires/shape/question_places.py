"""Where a new question stands among the others: room is left between them, so that few rows move; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 100


def places_after(positions: Sequence[int], at: int, count: int) -> list[int] | None:
    """Return `count` places behind the first `at` of these positions; None where there is no room."""
    before = positions[at - 1] if at else 0
    if at == len(positions):
        return [before + STEP * number for number in range(1, count + 1)]
    room = positions[at] - before
    if room <= count:
        return None
    return [before + room * number // (count + 1) for number in range(1, count + 1)]


def renewed(count: int) -> list[int]:
    """Return places for so many rows with room between them."""
    return [STEP * number for number in range(1, count + 1)]
