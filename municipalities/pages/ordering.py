"""The order of a list that people arrange: a new row comes last, a row moves one step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from municipalities.kernel import changes
from municipalities.rows.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from municipalities.models import User

UP, DOWN = -1, 1


def append(row: Any, *, among: QuerySet, by: User) -> None:
    """Insert a new row behind the last of `among`, under a key of its own unless it has one."""
    last = among.aggregate(last=Max("position"))["last"]
    row.position = (last or 0) + 1
    row.key = row.key or new_key(row._meta.model_name)
    changes.create_versioned(row, by=by)


def move(row: Any, *, among: QuerySet, step: int, by: User) -> None:
    """Let a row trade places with its neighbour in `among`, as the list stands now.

    The rows are read again under a lock: a move never conflicts with what others have moved or
    written meanwhile. At the end of the list, or when the row is gone, nothing happens. Rows that
    share a position are told apart on the way.
    """
    with transaction.atomic():
        # PostgreSQL sorts before it waits for the locks: what another move wrote meanwhile is sorted here.
        found = among.select_for_update().order_by("pk")
        rows = sorted(found, key=lambda one: (one.position, one.pk))
        at = next((index for index, one in enumerate(rows) if one.pk == row.pk), None)
        if at is None or not 0 <= at + step < len(rows):
            return
        places = distinct(one.position for one in rows)
        rows[at], rows[at + step] = rows[at + step], rows[at]
        for one, place in zip(rows, places, strict=True):
            if one.position != place:
                one.position = place
                changes.save_versioned(
                    one, by=by, expected_version=one.version, fields=("position",), deed="move"
                )


def distinct(positions: Iterable[int]) -> list[int]:
    """Return the positions, raised where need be so that each is greater than the one before."""
    places: list[int] = []
    for position in positions:
        places.append(max(position, places[-1] + 1) if places else position)
    return places
