"""Rows that stand below other rows of their table; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = TypeVar("Row")


def in_tree_order(rows: Sequence[Row], above: str) -> list[Row]:
    """Return the rows so that each comes after the one it stands below, otherwise in their order.

    `above` is the attribute that holds that other row or None. Rows in a circle keep their order.
    """
    waiting: dict[int, Any] = {id(row): row for row in rows}
    by_place = {_mark(row): row for row in rows}
    found: list[Row] = []
    for row in rows:
        chain: list[Any] = []
        one: Any = row
        while one is not None and id(one) in waiting:
            chain.append(waiting.pop(id(one)))
            upper = getattr(one, above)
            one = None if upper is None else by_place.get(_mark(upper), upper)
        found.extend(reversed(chain))
    return found


def _mark(row: Any) -> tuple[Any, str]:
    """Return by what two copies of one row are told to be the same."""
    return row.pk, row.key
