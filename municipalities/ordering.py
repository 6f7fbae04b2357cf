"""The order of a list that people arrange: a new row comes last, a row moves one step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from municipalities.kernel import changes

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from municipalities.models import User

UP, DOWN = -1, 1


def append(row: Any, *, among: QuerySet, by: User) -> None:
    """Insert a new row behind the last of `among`."""
    last = among.aggregate(last=Max("position"))["last"]
    row.position = (last or 0) + 1
    changes.create_versioned(row, by=by)


def move(row: Any, *, among: QuerySet, step: int, by: User) -> None:
    """Let a row trade places with its neighbour in `among`, as the list stands now.

    At the end of the list, or when the row is gone, nothing happens. Rows that share a position are
    numbered anew, so that every press is seen.
    """
    with transaction.atomic():
        rows = list(among.select_for_update().order_by("position", "pk"))
        at = next((index for index, one in enumerate(rows) if one.pk == row.pk), None)
        if at is None or not 0 <= at + step < len(rows):
            return
        places = [one.position for one in rows]
        if len(set(places)) < len(places):
            places = list(range(1, len(rows) + 1))
        rows[at], rows[at + step] = rows[at + step], rows[at]
        for one, place in zip(rows, places, strict=True):
            if one.position != place:
                one.position = place
                changes.save_versioned(
                    one, by=by, expected_version=one.version, fields=("position",), deed="move"
                )
