"""The order of rows that people arrange: a new one goes last, one is moved past its neighbour."""

import secrets

from django.db import transaction
from django.db.models import Max

from municipalities.kernel import changes

UP, DOWN = -1, 1


def append(row, *, among, by):
    """Insert a new row behind the rows `among` which it stands, under a key of its own."""
    last = among.aggregate(last=Max("position"))["last"]
    row.position = (last or 0) + 1
    row.key = new_key(row)
    return changes.create_versioned(row, by=by)


def new_key(row):
    return f"{row._meta.model_name}-{secrets.token_hex(5)}"


def move(row, *, among, step, by):
    """Let a row and its neighbour (`step` before or behind it) change places; at the end nothing happens.

    The rows are read again under a lock: a move never conflicts with what others have moved or
    written meanwhile. Rows that share a position are told apart on the way.
    """
    with transaction.atomic():
        rows = list(among.select_for_update().order_by("position", "pk"))
        here = next((index for index, one in enumerate(rows) if one.pk == row.pk), None)
        if here is None or not 0 <= here + step < len(rows):
            return
        places = distinct(one.position for one in rows)
        rows[here], rows[here + step] = rows[here + step], rows[here]
        moved = [
            (one, place) for one, place in zip(rows, places, strict=True) if one.position != place
        ]
        for one, place in moved:
            one.position = place
            changes.save_versioned(
                one, by=by, expected_version=one.version, fields=["position"], deed="move"
            )


def distinct(positions):
    """Return the positions, raised where need be so that each is greater than the one before."""
    places = []
    for position in positions:
        places.append(max(position, places[-1] + 1) if places else position)
    return places
