"""Several municipalities in one column: their codes between commas, found by `contains`. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# 北海道 has 179 municipalities, seven characters each.
LONGEST = 2_000


def write(codes: Iterable[str]) -> str:
    """Return ",990019,990027," in the order of the codes, or nothing."""
    joined = ",".join(sorted(set(codes)))
    return f",{joined}," if joined else ""


def read(column: str) -> tuple[str, ...]:
    """Return the codes of a column."""
    return tuple(filter(None, column.split(",")))
